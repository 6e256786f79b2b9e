import type { Field, Reference as FieldReference } from "../../schema/field.js";
import { inputFields } from "../../schema/kind.js";
import { ownerFieldAt } from "../../schema/places.js";
import { isOffered } from "../../schema/systems/index.js";
import { logicalName, MAIN } from "./control-planes.js";
import type { Entry } from "./entries.js";
import type { Position, Problem, Reference } from "./model.js";
import { didYouMean } from "./nearest.js";
import type { Targets } from "./targets.js";

interface Resolved {
  /** The inputs with references in the place of names. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The inputs with plain values in the place of names, for rules that compare. */
  readonly plain: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

/** Turns the names in an entry's inputs into references to what the stack declares on the same control plane. */
export function resolveEntry(entry: Entry, controlPlane: string, targets: Targets<Entry>, system?: string): Resolved {
  const walk: Walk = { entry, controlPlane, system, targets, scope: entry.owner, problems: [] };
  const fields = inputFields(entry.kind);
  const scoped = { ...walk, scope: entry.owner ?? lockedTo(walk) };
  const pairs = Object.entries(entry.given).map(([name, value]) => [name, resolveValue(fields[name], value, name, scoped)] as const);
  return {
    inputs: { ...ownerOf(entry, controlPlane), ...Object.fromEntries(pairs.map(([name, { input }]) => [name, input])) },
    plain: {
      ...(entry.owner && entry.ownerField ? { [entry.ownerField]: entry.owner.name } : {}),
      ...Object.fromEntries(pairs.map(([name, { plain }]) => [name, plain])),
    },
    problems: walk.problems,
  };
}

interface Walk {
  readonly entry: Entry;
  readonly controlPlane: string;
  readonly system: string | undefined;
  readonly targets: Targets<Entry>;
  /** The owner whose things are meant first. */
  readonly scope: Entry | undefined;
  readonly problems: Problem[];
}

interface Both {
  readonly input: unknown;
  readonly plain: unknown;
}

function ownerOf({ owner, ownerField, kind }: Entry, controlPlane: string): Readonly<Record<string, Reference>> {
  const by = ownerField === undefined ? undefined : kind.fields[ownerField]?.reference?.by;
  if (owner === undefined || ownerField === undefined || by === undefined) return {};
  return { [ownerField]: { $ref: logicalName(controlPlane, owner.name), by } };
}

/** An entry of the top level that names, in a field, the owner it could have been nested in, means that owner's things first. */
function lockedTo({ entry, targets }: Walk): Entry | undefined {
  const field = entry.kind.stackFile.map((place) => ownerFieldAt({ kind: entry.kind, place })).find((name) => name !== undefined);
  const reference = field === undefined ? undefined : entry.kind.fields[field]?.reference;
  const text = field === undefined ? undefined : entry.given[field];
  return reference === undefined || typeof text !== "string" ? undefined : targets.find(reference, text, undefined);
}

function resolveValue(field: Field | undefined, value: unknown, path: string, walk: Walk): Both {
  if (Array.isArray(value)) return resolveList(field, value, path, walk);
  if (typeof value === "object" && value !== null) return resolveObject(field, value, path, walk);
  if (field?.reference === undefined || typeof value !== "string") return { input: value, plain: value };
  return resolveText(field.reference, value, path, walk);
}

function resolveList(field: Field | undefined, values: readonly unknown[], path: string, walk: Walk): Both {
  const items = values.map((value, index) => resolveValue(field?.items, value, `${path}.${index}`, walk));
  return { input: items.map(({ input }) => input), plain: items.map(({ plain }) => plain) };
}

function resolveObject(field: Field | undefined, value: object, path: string, walk: Walk): Both {
  const pairs = Object.entries(value).map(
    ([name, item]) => [name, resolveValue(field?.fields?.[name] ?? field?.items, item, `${path}.${name}`, walk)] as const,
  );
  return {
    input: Object.fromEntries(pairs.map(([name, { input }]) => [name, input])),
    plain: Object.fromEntries(pairs.map(([name, { plain }]) => [name, plain])),
  };
}

function resolveText(reference: FieldReference, text: string, path: string, walk: Walk): Both {
  const target = walk.targets.find(reference, text, walk.scope);
  if (target !== undefined && target !== walk.entry) {
    const known = target.given[reference.by];
    const input: Reference = { $ref: logicalName(walk.controlPlane, target.name), by: reference.by };
    return { input, plain: known ?? target.name };
  }
  // Kinds that cannot be declared of a system leave nothing to refer to.
  if (!reference.soft && isOffered(walk.system, reference.kind)) walk.problems.push(dangling(reference, text, path, walk));
  return { input: text, plain: text };
}

function dangling(reference: FieldReference, text: string, path: string, { entry, targets, scope, controlPlane }: Walk): Problem {
  const words = targets.words(reference, scope);
  const where = controlPlane === MAIN ? "" : ` on control plane ${controlPlane}`;
  const otherwise = words.length === 0 ? ": declare it first" : `: it may be ${words.join(", ")}`;
  return {
    position: positionIn(entry, path),
    path: [...entry.node.path, path].join("."),
    message: `\`${text}\` is no ${reference.kind} of this stack${where}${didYouMean(text, words, otherwise)}`,
  };
}

/** Where a property of an entry stands, or the nearest thing above it that does. */
export function positionIn(entry: Entry, property: string): Position {
  const steps = property.split(".");
  const candidates = steps.map((_, index) => steps.slice(0, steps.length - index).join("."));
  const found = candidates.find((candidate) => entry.positions[candidate] !== undefined);
  return (found === undefined ? undefined : entry.positions[found]) ?? entry.node.keyPosition;
}
