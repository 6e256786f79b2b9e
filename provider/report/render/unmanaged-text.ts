import type { UnmanagedObject } from "../unmanaged-object.js";
import { inkOf, SEVERITY_INKS } from "./ink.js";
import { printable } from "./printable.js";
import { remedyRows, unmanagedName, unmanagedReason, unmanagedSummary, WORST_UNMANAGED } from "./unmanaged-words.js";
import { severitiesText } from "./words.js";
import { wrapped } from "./wrap.js";

export interface UnmanagedTextOptions {
  /** Characters a line may have. What is to be pasted is never broken. */
  readonly width: number;
  readonly color: boolean;
  /** Every object with what to write, and not only the worst. */
  readonly all: boolean;
}

const LABEL_WIDTH = 10;

/** What nobody declared, for a terminal: nothing where there is none, or nobody looked. */
export function unmanagedRows(unmanaged: readonly UnmanagedObject[] = [], { width, color, all }: UnmanagedTextOptions): readonly string[] {
  if (unmanaged.length === 0) return [];
  const shown = all ? unmanaged : unmanaged.slice(0, WORST_UNMANAGED);
  const rest = unmanaged.slice(shown.length);
  const more = rest.length === 0 ? "" : `${severitiesText(rest.map(({ severity }) => severity)).replace(" ", " more ")}, and `;
  const foot = all ? [] : wrapped(`… ${more}for each what to write to adopt, ignore or remove it: --verbose shows them`, width);
  const rows = shown.flatMap((object) => {
    const label = object.severity.padEnd(LABEL_WIDTH);
    const [first = "", ...others] = wrapped(printable(`${unmanagedName(object)}: ${unmanagedReason(object)}`), width, label);
    const head = inkOf(SEVERITY_INKS[object.severity], color)(label) + first.slice(LABEL_WIDTH);
    const remedies = all ? remedyRows(object).map((row) => " ".repeat(LABEL_WIDTH + 2) + printable(row)) : [];
    return [head, ...others, ...remedies];
  });
  return [...wrapped(`${unmanagedSummary(unmanaged)}. This change did not bring them.`, width), ...rows, ...foot];
}
