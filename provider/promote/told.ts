import type { Outcome } from "./outcome.js";

/**
 * What is told in the end: of an object that did not carry over at all that it did not, and not each of its fields besides. `isThere` says
 * of a path in the source whether anything of it is in the new stack.
 */
export function toldOnce(outcomes: readonly Outcome[], isThere: (object: string) => boolean): readonly Outcome[] {
  const ends = new Map(outcomes.flatMap((one) => (isEnd(one) && !isThere(one.object) ? [[one.object, one] as const] : [])));
  return outcomes.flatMap((one) => {
    const end = ends.get(one.object);
    if (end === undefined || one.result === "translated") return [one];
    return one === end ? [withWeightOf(end, outcomes)] : [];
  });
}

function isEnd({ field, result }: Outcome): boolean {
  return field === undefined && result === "lost";
}

/** What one of its fields loosened when it went, the object loosens. */
function withWeightOf(end: Outcome, outcomes: readonly Outcome[]): Outcome {
  const isLooser = outcomes.some(({ object, result, weight }) => object === end.object && result === "lost" && weight === "looser");
  return isLooser ? { ...end, weight: "looser" } : end;
}
