import { type Kind, ownerField } from "../../schema/kind.js";
import { kindNamed } from "../../schema/kinds/index.js";
import { isInCollection } from "../../schema/places.js";
import type { Remote } from "../adapters/adapter.js";
import { InvalidInput } from "../errors.js";
import { judgedRemovals } from "./judged-removals.js";
import { isEnded } from "./lookup.js";
import { matchesPattern } from "./matches-pattern.js";
import { formatObjectId } from "./object-id.js";
import type { Session } from "./session.js";

/** A collection in which everything that is not declared goes. */
export interface ExclusiveInputs {
  readonly kind: string;
  /** Id of the owner, for kinds that are listed below one. */
  readonly owner?: string;
  /** Natural keys of the declared objects. */
  readonly keep: readonly string[];
  /** Globs on natural keys of objects that may stay undeclared. */
  readonly ignore?: readonly string[];
  /** Natural keys of undeclared objects: none is what is desired, those that are there is what a refresh observes. */
  readonly undeclared: readonly string[];
}

/** The natural key of an object, as a stack file writes it. */
export function naturalKey(kind: Kind, remote: Remote): string {
  const values = kind.key.map((name) => remote.values[name]).filter((value) => value !== undefined);
  return String(values[0] ?? remote.id);
}

/** Everything by which a declaration may name an object: a system may not keep the one that comes first. */
function namesOf(kind: Kind, remote: Remote): readonly string[] {
  return [naturalKey(kind, remote), ...kind.key.flatMap((name) => (typeof remote.values[name] === "string" ? [remote.values[name]] : []))];
}

/** Objects that exist and that nobody declared, in an order that does not change between runs. */
export async function undeclaredObjects(session: Session, inputs: ExclusiveInputs, listed: "shared" | "fresh"): Promise<readonly Remote[]> {
  const kind = kindOf(inputs);
  const remotes = listed === "shared" ? await session.list(kind, inputs.owner) : await session.objects(kind).list(inputs.owner);
  const keep = new Set(inputs.keep.map((key) => key.toLowerCase()));
  return remotes
    .filter((remote) => ownerField(kind) !== undefined || isInCollection(kind, remote.values, inputs.owner))
    .filter((remote) => !remote.builtIn && !isEnded(kind, remote.values))
    .filter((remote) => !namesOf(kind, remote).some((name) => keep.has(name.toLowerCase())))
    .filter((remote) => !(inputs.ignore ?? []).some((glob) => matchesPattern(naturalKey(kind, remote), glob)))
    .toSorted((a, b) => (naturalKey(kind, a) < naturalKey(kind, b) ? -1 : 1));
}

/**
 * Removes what is undeclared and was seen before the run, and says what was removed; what came since goes in the next run, which shows
 * it. Seen is what the gates judged, or in a plain run of the engine what its refresh observed: natural keys, none when the collection
 * has just become exclusive.
 */
export async function removeUndeclared(session: Session, inputs: ExclusiveInputs, observed: readonly string[]): Promise<readonly string[]> {
  const kind = kindOf(inputs);
  const isJudged = judgedRemovals(session.environment);
  const removed: string[] = [];
  for (const remote of await undeclaredObjects(session, inputs, "fresh")) {
    const id = formatObjectId(kind, remote);
    const wasSeen = isJudged?.({ controlPlane: session.settings.name, kind: kind.name, id }) ?? observed.includes(naturalKey(kind, remote));
    if (!wasSeen) continue;
    await session.objects(kind).remove(remote.owner, remote.id);
    removed.push(id);
  }
  return removed;
}

function kindOf(inputs: ExclusiveInputs): Kind {
  const kind = kindNamed(inputs.kind);
  if (!kind) throw new InvalidInput({ what: `there is no kind "${inputs.kind}"` });
  return kind;
}
