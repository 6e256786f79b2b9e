/** Items of one kind at one place of a document, in the order in which they stand there, the most important first. */
export interface Part {
  /** Parts of a higher number are left out first. */
  readonly rank: number;
  readonly items: readonly Item[];
  /** The part with the items that have room; not called without any. */
  readonly layout: (items: readonly string[]) => string;
}

export interface Item {
  readonly text: string;
  /** What it is counted as when it is left out: `low`. */
  readonly label: string;
}

/**
 * A document of these parts, in their order, with as many items as the length allows. What is left out is counted by label.
 * @param compose puts the parts that have items, and what is left out, into one document
 * @returns the longest found; one without any item where even that is too long
 */
export function fitted(
  parts: readonly Part[],
  maxCharacters: number,
  compose: (parts: readonly string[], omitted: ReadonlyMap<string, number>) => string,
): string {
  const total = parts.reduce((sum, { items }) => sum + items.length, 0);
  const documentOf = (count: number): string => {
    const counts = allotted(parts, count);
    const shown = parts.flatMap(({ items, layout }, index) => {
      const texts = items.slice(0, counts[index]).map(({ text }) => text);
      return texts.length === 0 ? [] : [layout(texts)];
    });
    return compose(shown, countedByLabel(parts.flatMap(({ items }, index) => items.slice(counts[index]))));
  };
  const whole = documentOf(total);
  if (whole.length <= maxCharacters) return whole;
  let [fits, tooMany] = [0, total];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (documentOf(middle).length <= maxCharacters) fits = middle;
    else tooMany = middle;
  }
  return documentOf(fits);
}

/** How many items of each part are among the most important ones. */
function allotted(parts: readonly Part[], count: number): readonly number[] {
  let left = count;
  const counts = new Map<Part, number>();
  for (const part of parts.toSorted((a, b) => a.rank - b.rank)) {
    const given = Math.min(left, part.items.length);
    counts.set(part, given);
    left -= given;
  }
  return parts.map((part) => counts.get(part) ?? 0);
}

function countedByLabel(items: readonly Item[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of items) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
