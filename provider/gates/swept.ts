import type { Kind } from "../../schema/kind.js";
import { kindNamed } from "../../schema/kinds/index.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { objectIds } from "../lifecycle/live-ids.js";
import { naturalKey } from "../lifecycle/natural-key.js";
import { parseObjectId } from "../lifecycle/object-id.js";
import { isSwept } from "../lifecycle/sweep.js";
import { changedProperties, logicalName, type Step } from "../plan/changes.js";
import type { LiveObject, LiveState, ObjectStep, Values } from "./facts.js";
import { liveValues } from "./live-objects.js";

/** The undeclared objects that an exclusive collection, or one with `$remove`, removes in this run, as deletions of their own. */
export function sweptBy(
  step: Step,
  place: { readonly controlPlane: string; readonly system: string },
  declared: readonly ObjectStep[],
  live: LiveState,
): readonly ObjectStep[] {
  const inputs = step.new?.inputs;
  const kind = kindNamed(String(inputs?.kind));
  if (inputs === undefined || kind === undefined) return [];
  const owner = inputs.owner === UNKNOWN ? takenOverOwner(step, declared) : inputs.owner;
  // An owner that comes into being holds nothing yet.
  if (inputs.owner !== undefined && typeof owner !== "string") return [];
  const sweep = {
    owner: typeof owner === "string" ? owner : undefined,
    keep: texts(inputs.keep),
    ignore: texts(inputs.ignore),
    only: inputs.only === undefined ? undefined : texts(inputs.only),
  };
  const managed = managedIds(kind, declared, place.controlPlane);
  return (live[place.controlPlane]?.objects ?? [])
    .filter((object) => object.kind === kind.name && !managed.has(object.id))
    .filter((object) => isSwept(kind, asListed(kind, object), sweep))
    .map((object) => removal(kind, object, step, place));
}

/** What is released in this run stays behind undeclared, so that it goes as well. */
function managedIds(kind: Kind, declared: readonly ObjectStep[], controlPlane: string): ReadonlySet<string> {
  const managed = declared.filter((one) => one.kind === kind.name && one.controlPlane === controlPlane && one.operation !== "release");
  return new Set(managed.flatMap(({ before }) => (before?.id === undefined ? [] : objectIds(kind, before.id, before.outputs))));
}

/** The lifecycle knows an object by its id at the control plane. */
function asListed(kind: Kind, { id, owner, values, builtIn }: LiveObject): Parameters<typeof isSwept>[1] {
  return { id: parseObjectId(kind, id).id, owner, values, builtIn };
}

/** Id of the owner of a collection that this run takes over: only an apply gives it to the collection, whose name begins with its. */
function takenOverOwner({ urn }: Step, declared: readonly ObjectStep[]): string | undefined {
  const isOwner = ({ name, operation }: ObjectStep) => operation === "adopt" && logicalName(urn).startsWith(`${name}/`);
  return declared.find(isOwner)?.before?.id;
}

function removal(
  kind: Kind,
  object: LiveObject,
  step: Step,
  place: { readonly controlPlane: string; readonly system: string },
): ObjectStep {
  const values: Values = liveValues(object);
  return {
    kind: object.kind,
    name: `${logicalName(step.urn)}/${naturalKey(kind, asListed(kind, object))}`,
    urn: `${step.urn}/${object.id}`,
    ...place,
    operation: "delete",
    managed: false,
    before: { id: object.id, inputs: values, outputs: values },
    after: undefined,
    properties: changedProperties(identityOf(kind, values), undefined, "server"),
  };
}

/** What changes by itself must not change the digest of a removal. */
function identityOf({ fields }: Kind, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => fields[name] !== undefined && !fields[name].flags.computed));
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
