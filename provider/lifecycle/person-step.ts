import type { Kind } from "../../schema/kind.js";
import type { KindName } from "../../schema/kinds/index.js";
import type { Adapter } from "../adapters/adapter.js";
import { isKeptInArchive } from "../adapters/archived-projects.js";
import { type Step, stepOf } from "../dashboard/steps.js";
import type { ControlPlaneSettings } from "../http/settings.js";
import { rotationOf } from "../rotation/rotation-of.js";
import { retiringIn } from "../rotation/values.js";
import { today } from "../today.js";
import { idInUse } from "./live-ids.js";
import { ownerOf } from "./lookup.js";
import { parseObjectId } from "./object-id.js";
import { declaredIn, sentInputs } from "./outputs.js";
import { isReleased } from "./released.js";
import type { Values } from "./values.js";

/** What the engine would have done with one object; `review`: nothing, and a person looks whether it still is as recorded. */
export type Change =
  | { readonly operation: "create"; readonly inputs: Values }
  | { readonly operation: "update"; readonly objectId: string; readonly olds: Values; readonly news: Values }
  | { readonly operation: "delete"; readonly objectId: string; readonly olds: Values }
  | { readonly operation: "review"; readonly objectId: string; readonly olds: Values };

interface Place {
  readonly settings: ControlPlaneSettings;
  readonly adapter: Adapter;
}

/**
 * What a person has to do for a change, or undefined when it needs nobody: a released object, or a change of what only the state
 * knows. The provider and the command line ask the same function, so that both see the same digest.
 */
export function personStep({ settings, adapter }: Place, kind: Kind, change: Change, name?: string): Step | undefined {
  const place = { settings, adapter, kind, name };
  const nothing = { objectId: undefined, before: {}, after: {}, asserted: {}, renews: false, previous: undefined };
  if (change.operation === "create") {
    const { inputs } = change;
    const operation = kind.singleton || inputs.adopt === "require" ? "adopt" : "create";
    return stepOf({
      ...place,
      ...nothing,
      operation,
      key: keyOf(kind, inputs),
      owner: ownerOf(kind, inputs),
      objectId: adapter.kinds[kind.name as KindName]?.knownId?.(inputs),
      after: sentInputs(kind, inputs),
      asserted: assertedIn(kind, inputs),
    });
  }
  const { olds } = change;
  const { owner } = parseObjectId(kind, change.objectId);
  const id = idInUse(kind, change.objectId, olds);
  const known = { ...place, ...nothing, key: keyOf(kind, olds), owner, objectId: id, previous: previousOf(olds) };
  if (change.operation === "delete") {
    const isOver = isReleased(kind, olds, today()) || isKeptInArchive(adapter, kind, olds);
    return isOver ? undefined : stepOf({ ...known, operation: "delete", besidesEnds: retiringIn(olds)?.keyId, before: seen(kind, olds) });
  }
  if (change.operation === "review") return stepOf({ ...known, operation: "review", after: seen(kind, olds) });
  const { news } = change;
  switch (rotationOf(kind, olds, news, new Date())?.step) {
    case "begin":
      return stepOf({ ...known, operation: "create", objectId: undefined, beside: id, after: sentInputs(kind, news) });
    case "end":
      return stepOf({ ...known, operation: "delete", objectId: retiringIn(olds)?.keyId, beside: id, before: seen(kind, olds) });
    case "rollBack":
      return stepOf({ ...known, operation: "delete", beside: retiringIn(olds)?.keyId, before: seen(kind, olds) });
    case "renew":
      return stepOf({ ...known, operation: "update", before: seen(kind, olds), after: seen(kind, news), renews: true });
    default:
      return stepOf({ ...known, operation: "update", before: seen(kind, olds), after: seen(kind, news) });
  }
}

function keyOf(kind: Kind, values: Values): string {
  const field = kind.key.find((name) => values[name] !== undefined);
  return field === undefined ? "" : String(values[field]);
}

function assertedIn(kind: Kind, inputs: Values): Values {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => kind.fields[name]?.flags.asserted));
}

function previousOf(olds: Values): string | undefined {
  return (olds.attestation as { digest?: string } | undefined)?.digest;
}

/** What stands at the dashboard: everything that is sent, without what is sent at the creation only. */
function seen(kind: Kind, values: Values): Values {
  const sent = sentInputs(kind, declaredIn(kind, values));
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !kind.fields[name]?.flags.createOnly));
}
