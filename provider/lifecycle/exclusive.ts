import type { Kind } from "../../schema/kind.js";
import { kindNamed } from "../../schema/kinds/index.js";
import type { Remote } from "../adapters/adapter.js";
import { InvalidInput } from "../errors.js";
import { judgedRemovals } from "./judged-removals.js";
import { naturalKey } from "./natural-key.js";
import { formatObjectId } from "./object-id.js";
import type { Session } from "./session.js";
import { isSwept, type Sweep } from "./sweep.js";

/** A collection from which undeclared objects go, as the engine holds it. */
export interface ExclusiveInputs extends Sweep {
  readonly kind: string;
  /** Natural keys of undeclared objects: none is what is desired, those that are there is what a refresh observes. */
  readonly undeclared: readonly string[];
}

/** Objects that exist, that nobody declared and that go, in an order that does not change between runs. */
export async function undeclaredObjects(session: Session, inputs: ExclusiveInputs, listed: "shared" | "fresh"): Promise<readonly Remote[]> {
  const kind = kindOf(inputs);
  const remotes = listed === "shared" ? await session.list(kind, inputs.owner) : await session.objects(kind).list(inputs.owner);
  return remotes.filter((remote) => isSwept(kind, remote, inputs)).toSorted((a, b) => (naturalKey(kind, a) < naturalKey(kind, b) ? -1 : 1));
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
