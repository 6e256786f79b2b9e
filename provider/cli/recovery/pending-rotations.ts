import { kindNamed } from "../../../schema/kinds/index.js";
import { liveIds } from "../../lifecycle/live-ids.js";
import { findByKey, removeIfThere } from "../../lifecycle/lookup.js";
import { logicalName } from "../../plan/changes.js";
import { kindOfToken } from "../../provider-string.js";
import { propertiesOf } from "../../wire-values.js";
import type { PendingOperation } from "./checkpoint.js";
import { isMadeSince, revealsSecret, type SettleOptions, sessionOf } from "./pending-creates.js";

/** True for a change of an object in whose course another one may have been made beside it. */
export function mayHaveRotated({ type, resource }: PendingOperation): boolean {
  const kind = kindNamed(kindOfToken(resource.type) ?? "");
  return type === "updating" && kind !== undefined && revealsSecret(kind);
}

/**
 * Ends each second key that a killed rotation made: its secret was lost with the run. The former one goes on, and the next run begins the
 * rotation again, or gives the former its name back.
 */
export async function settlePendingRotations({ deployment, environment, runBegan, console }: SettleOptions): Promise<void> {
  for (const { resource } of (deployment.pending_operations ?? []).filter(mayHaveRotated)) {
    const kind = kindNamed(kindOfToken(resource.type) ?? "");
    const recorded = deployment.resources?.find(({ urn, delete: isGoing }) => urn === resource.urn && !isGoing);
    if (kind === undefined || recorded?.id === undefined) continue;
    const session = sessionOf(resource, deployment, environment);
    const there = await findByKey(session, kind, propertiesOf(resource.inputs ?? {}));
    const isKnown = there === undefined || liveIds(kind, recorded.id, recorded.outputs ?? {}).includes(there.id);
    if (isKnown || !isMadeSince(there, runBegan)) continue;
    await removeIfThere(session, kind, there.owner, there.id);
    console.progress(`  ${kind.name} ${logicalName(resource.urn)}: a second one was made, and its secret was lost with the run: deleted`);
  }
}
