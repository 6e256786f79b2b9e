/** Characters that the name of a key may have. */
const LONGEST_NAME = 100;

/** What an object is called that retires beside the one that follows it. The same in every run, so that an interrupted one can be taken up. */
export function retiringName(name: string, id: string): string {
  const mark = ` (retiring ${id.slice(0, 8)})`;
  return `${name.slice(0, LONGEST_NAME - mark.length)}${mark}`;
}
