import { ownerField } from "../../schema/kind.js";
import { kindNamed } from "../../schema/kinds/index.js";
import { isInCollection } from "../../schema/places.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { changedProperties, logicalName, type Step } from "../plan/changes.js";
import type { LiveObject, LiveState, ObjectStep, Values } from "./facts.js";
import { hasEnded, liveValues, namesOf } from "./live-objects.js";

export type MatchesPattern = (text: string, pattern: string) => boolean;

/** The undeclared objects that an exclusive collection removes in this run, as deletions of their own. */
export function sweptBy(
  step: Step,
  place: { readonly controlPlane: string; readonly system: string },
  declared: readonly ObjectStep[],
  { live, matchesPattern }: { readonly live: LiveState; readonly matchesPattern: MatchesPattern },
): readonly ObjectStep[] {
  const inputs = step.new?.inputs;
  const described = kindNamed(String(inputs?.kind));
  if (inputs === undefined || described === undefined) return [];
  const owner = inputs.owner === UNKNOWN ? takenOverOwner(step, declared) : inputs.owner;
  // An owner that comes into being holds nothing yet.
  if (inputs.owner !== undefined && typeof owner !== "string") return [];
  const [keep, ignore] = [texts(inputs.keep).map((name) => name.toLowerCase()), texts(inputs.ignore)];
  // What is released in this run stays behind undeclared, so that it goes as well.
  const isManaged = (one: ObjectStep) =>
    one.kind === described.name && one.controlPlane === place.controlPlane && one.operation !== "release";
  const managed = new Set(declared.filter(isManaged).flatMap(({ before }) => before?.id ?? []));
  const goes = (object: LiveObject) => {
    const names = namesOf(described.name, object.values);
    const isDeclared = managed.has(object.id) || names.some((name) => keep.includes(name));
    const isSpared = object.builtIn || hasEnded(described.name, object.values);
    return !isDeclared && !isSpared && !ignore.some((glob) => matchesPattern(keyOf(object), glob));
  };
  const ownerId = typeof owner === "string" ? owner : undefined;
  const isInList = (object: LiveObject) =>
    object.kind === described.name &&
    (ownerField(described) === undefined ? isInCollection(described, object.values, ownerId) : object.owner === ownerId);
  return (live[place.controlPlane]?.objects ?? [])
    .filter((object) => isInList(object) && goes(object))
    .map((object) => removal(object, step, place));
}

/** Id of the owner of a collection that this run takes over: only an apply gives it to the collection, whose name begins with its. */
function takenOverOwner({ urn }: Step, declared: readonly ObjectStep[]): string | undefined {
  const isOwner = ({ name, operation }: ObjectStep) => operation === "adopt" && logicalName(urn).startsWith(`${name}/`);
  return declared.find(isOwner)?.before?.id;
}

function removal(object: LiveObject, step: Step, place: { readonly controlPlane: string; readonly system: string }): ObjectStep {
  const values: Values = liveValues(object);
  return {
    kind: object.kind,
    name: `${logicalName(step.urn)}/${keyOf(object)}`,
    urn: `${step.urn}/${object.id}`,
    ...place,
    operation: "delete",
    managed: false,
    before: { id: object.id, inputs: values, outputs: values },
    after: undefined,
    properties: changedProperties(identityOf(object.kind, values), undefined, "server"),
  };
}

/** What changes by itself must not change the digest of a removal. */
function identityOf(kind: string, values: Values): Values {
  const fields = kindNamed(kind)?.fields ?? {};
  return Object.fromEntries(Object.entries(values).filter(([name]) => fields[name] !== undefined && !fields[name].flags.computed));
}

function keyOf({ kind, id, values }: LiveObject): string {
  const key = kindNamed(kind)
    ?.key.map((name) => values[name])
    .find((value) => value !== undefined);
  return String(key ?? id);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
