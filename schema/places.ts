import type { Kind, StackFilePlace } from "./kind.js";
import { KIND_LIST } from "./kinds/index.js";

/** A kind at one of its places in a stack file. */
export interface PlacedKind {
  readonly kind: Kind;
  readonly place: StackFilePlace;
}

/** The kinds that stand under objects of the kind `owner`, or at the top level. */
export function placesUnder(owner?: string): readonly PlacedKind[] {
  return KIND_LIST.flatMap((kind) => kind.stackFile.filter((place) => place.under === owner).map((place) => ({ kind, place })));
}

/** Keys that lead from `at` to a place further down: they belong to the file's structure and not to an object that stands at `at`. */
export function keysBelow(owner: string | undefined, at: readonly string[]): readonly string[] {
  const deeper = placesUnder(owner).filter(
    ({ place }) => place.at.length > at.length && at.every((step, index) => place.at[index] === step),
  );
  return [...new Set(deeper.flatMap(({ place }) => place.at[at.length] ?? []))];
}

/** Reference field that the nesting itself gives: `project` of what stands under a Project. */
export function ownerFieldAt({ kind, place }: PlacedKind): string | undefined {
  if (place.under === undefined) return undefined;
  const named = place.under.charAt(0).toLowerCase() + place.under.slice(1);
  return kind.fields[named]?.reference?.kind === place.under ? named : undefined;
}

/**
 * True when an object belongs to the collection below an owner (undefined: to the one at the top), for kinds of which one list holds the
 * objects of all owners: an exclusive collection must never reach into that of another owner.
 */
export function isInCollection(kind: Kind, values: Readonly<Record<string, unknown>>, owner: string | undefined): boolean {
  const fields = kind.stackFile.flatMap((place) => ownerFieldAt({ kind, place }) ?? []);
  return fields.every((name) => (values[name] ?? undefined) === owner);
}
