import type { Closed, Judgement } from "../gates/index.js";
import type { Place } from "./violations.js";

/** A dangerous change with where its object stands in the stack file. */
export interface PlacedClosed extends Closed {
  readonly position?: Place;
}

/** What the gates say, with places. */
export interface PlacedJudgement {
  readonly closed: readonly PlacedClosed[];
  readonly opened: readonly (Omit<Judgement["opened"][number], "closed"> & { readonly closed: PlacedClosed })[];
}

/** Adds places. What is no longer declared, and what stands for several objects, has none. */
export function placedGates(
  { closed, opened }: Judgement,
  placeOf: (name: string, property: string | undefined) => Place | undefined,
): PlacedJudgement {
  const placed = (one: Closed): PlacedClosed => {
    const position = placeOf(one.object, undefined);
    return position === undefined ? one : { ...one, position };
  };
  return { closed: closed.map(placed), opened: opened.map((one) => ({ ...one, closed: placed(one.closed) })) };
}
