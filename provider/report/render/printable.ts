/**
 * Text of one line that shows everything it holds: white space becomes single spaces, and what would move the cursor, turn the
 * direction of writing or stay invisible (control and format characters, lone surrogates) is written as `\u{…}`.
 */
export function printable(text: string): string {
  return text
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, escaped)
    .trim();
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** A property's value on one line; what is absent says so. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return "(none)";
  if (value === "") return '""';
  return printable(typeof value === "string" ? value : JSON.stringify(value));
}

/** A text of at most so many characters; one that was longer ends in `…`. No character is cut in half. */
export function clipped(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${text.slice(0, characters - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
