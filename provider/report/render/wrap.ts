/**
 * Breaks a text of one line at its spaces, and a word that is longer than a line inside. Widths count characters.
 * @param first what stands before the first line
 * @param rest what stands before all others; as wide as a hanging indent is to be
 */
export function wrapped(text: string, width: number, first = "", rest = " ".repeat(first.length)): readonly string[] {
  const room = Math.max(width - Math.max(first.length, rest.length), 1);
  return packed(
    text.split(" ").flatMap((word) => pieces(word, room)),
    room,
  ).map((line, index) => (index === 0 ? first : rest) + line);
}

/** Puts pieces together with spaces between them, as many on a line as fit. A piece that is longer stands alone. */
export function packed(words: readonly string[], room: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last) + 1 + lengthOf(word) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Characters, where a pair of surrogates is one. */
export function lengthOf(text: string): number {
  return [...text].length;
}

function pieces(word: string, room: number): readonly string[] {
  const characters = [...word];
  if (characters.length <= room) return [word];
  const count = Math.ceil(characters.length / room);
  return Array.from({ length: count }, (_, index) => characters.slice(index * room, (index + 1) * room).join(""));
}
