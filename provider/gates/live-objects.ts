import { type Kind, ownerField } from "../../schema/kind.js";
import { kindNamed } from "../../schema/kinds/index.js";
import { UNKNOWN } from "../../schema/unknown.js";
import type { Remote } from "../adapters/adapter.js";
import { adapterOf } from "../adapters/index.js";
import { specialised } from "../adapters/support.js";
import { isEnded } from "../lifecycle/is-ended.js";
import { ownersOf } from "./belonging.js";
import type { LiveObject, LivePlane, Values } from "./facts.js";

/** Everything by which a declaration may name an object of a kind, in lower case. */
function namesOf(kind: string, values: Values): readonly string[] {
  return (kindNamed(kind)?.key ?? []).flatMap((name) => {
    const value = values[name];
    return typeof value === "string" && value !== UNKNOWN ? [value.toLowerCase()] : [];
  });
}

/** True when both may be the same object by natural key: one name, and nothing that they are known to belong to differs. */
export function sameByName(kind: string, a: Values, b: Values): boolean {
  if (kindNamed(kind)?.singleton) return true;
  const names = namesOf(kind, b);
  return namesOf(kind, a).some((name) => names.includes(name)) && mayShareOwners(kind, a, b);
}

/** True when nothing that both are known to belong to differs. */
export function mayShareOwners(kind: string, a: Values, b: Values): boolean {
  const others = ownersOf(kind, b);
  return ownersOf(kind, a).every((owner) => {
    const other = others.find(({ kind: one }) => one === owner.kind);
    return owner.id === UNKNOWN || other === undefined || other.id === UNKNOWN || other.id === owner.id;
  });
}

/** An object of a list as the gates see it; `id` as the state would hold it. */
export function liveObjectOf({ kind, remote, id }: { readonly kind: Kind; readonly remote: Remote; readonly id: string }): LiveObject {
  return { kind: kind.name, id, owner: remote.owner, values: remote.values, builtIn: remote.builtIn };
}

/** Values of a listed object; the reference to its owner is not always among those that a system tells. */
export function liveValues({ kind, owner, values }: LiveObject): Values {
  const described = kindNamed(kind);
  const field = described === undefined ? undefined : ownerField(described);
  const told = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
  return field === undefined || owner === undefined ? told : { [field]: owner, ...told };
}

/** The listed object that a declaration would take over. One in custody that has ended has given its name free. */
export function occupantOf(kind: string, inputs: Values, plane: LivePlane | undefined, system: string): LiveObject | undefined {
  const isSame = areNameless(kind, inputs, system) ? (values: Values) => mayShareOwners(kind, inputs, values) : sameNameIn(kind, inputs);
  return plane?.objects.find((one) => {
    const values = liveValues(one);
    return one.kind === kind && !hasEnded(kind, one.values) && isSame(values) && sameScope(kind, inputs, values);
  });
}

function sameNameIn(kind: string, inputs: Values): (values: Values) => boolean {
  return (values) => sameByName(kind, inputs, values);
}

/** An object without a name, or of a system that knows none, is the only such one of its owner. */
function areNameless(kind: string, inputs: Values, system: string): boolean {
  const described = kindNamed(kind);
  return (
    described !== undefined &&
    !described.singleton &&
    specialised(adapterOf(system), described).key.every((name) => inputs[name] === undefined)
  );
}

/** What belongs to no owner is another thing than what belongs to one, where a name counts within its owner only. */
function sameScope(kind: string, a: Values, b: Values): boolean {
  const scope = kindNamed(kind)?.keyScope;
  return scope === undefined || (a[scope] === undefined) === (b[scope] === undefined);
}

/** True for an object of a kind in custody that gives no access any more. */
export function hasEnded(kind: string, values: Values): boolean {
  const described = kindNamed(kind);
  return described !== undefined && isEnded(described, values);
}
