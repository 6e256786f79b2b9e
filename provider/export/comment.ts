/** Characters that end a line, or are not seen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

const WIDTH = 116;

/** A name from a control plane inside a comment: on one line, with nothing in it that an editor would not show. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Text as the lines of a comment, without their `#`. */
export function commentLines(text: string, indent = ""): string {
  const words = text.replace(UNSEEN, " ").split(" ").filter(Boolean);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${lines.length === 0 ? "" : indent}${word}`);
  }
  return lines.map((line) => ` ${line}`).join("\n");
}
