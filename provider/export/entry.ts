import { inputsSchema, type Kind, type Problem } from "../../schema/kind.js";
import { ownerFieldAt, type PlacedKind } from "../../schema/places.js";
import { validatorOf } from "../../schema/validator.js";
import type { Adapter, Remote } from "../adapters/adapter.js";
import { specialised, supportProblems } from "../adapters/support.js";
import type { Values } from "../lifecycle/values.js";
import { declaredValues, liveValues } from "./declared-values.js";
import { textsOf } from "./entry-texts.js";
import { preferredKey } from "./key.js";
import type { Names } from "./names.js";
import { ownerIdAt, placeOf } from "./place.js";
import { type NamedSecret, secretsOf, unseenSecrets, variableFor, withSecrets } from "./secrets.js";

/** A live object as an entry of a stack file. */
export interface DeclaredEntry {
  /** Keys that lead to the entry: `["projects", "checkout", "keys", "checkout-prod"]`. */
  readonly path: readonly string[];
  /** What stands there: a mapping, or the text of the shorthand. */
  readonly value: unknown;
  /** The same as a mapping, for those who add something to it. */
  readonly mapping: Values;
  /** What the entry declares, with ids in the place of names. */
  readonly declared: Values;
  /** Secrets that the entry names. They are sent when their reference gets a `version`. */
  readonly secrets: readonly NamedSecret[];
  /** Secrets that the object may have, of which nothing can be seen and nothing is declared. Dotted names. */
  readonly unseen: readonly string[];
  /** Why the object cannot be declared as it is; empty where the entry is good. */
  readonly problems: readonly Problem[];
}

export interface EntryOptions {
  /** The entry's own key, where its siblings leave it another one than people use. */
  readonly key?: string | undefined;
  /** The variable for a secret, where the usual one is taken. */
  readonly variable?: (usual: string) => string;
}

/** The entry that declares a live object exactly as it is, so that taking it over changes nothing. */
export function declaredEntry(
  adapter: Adapter,
  described: Kind,
  remote: Remote,
  names: Names,
  { key: given, variable = (usual) => usual }: EntryOptions = {},
): DeclaredEntry {
  const { kind } = prepared(adapter, described);
  const live = liveValues(kind, remote);
  const placed = placeOf(kind, live) ?? { kind, place: { at: [] } };
  const key = given ?? preferredKey(placed, live);
  const owner = ownerIdAt(placed, live);
  const above = placed.place.under === undefined ? [] : names.pathOf(placed.place.under, owner ?? "");
  const called = [...(above ?? []).slice(1), ...(key === undefined ? placed.place.at : [key])];
  const secrets = secretsOf(kind, remote).map((property) => ({ property, variable: variable(variableFor(called, property)) }));
  const seen = declaredValues(adapter, kind, remote);
  const declared = inOrderOf(kind, withSecrets({ ...keyValue(placed, key, live), ...seen }, secrets));
  const texts = textsOf({ adapter, names, owner }, kind, declared);
  const adopt = needsAdoption(adapter, kind, declared) ? { adopt: "require" } : {};
  const mapping = { ...ownTexts(placed, key, live, texts.values), ...adopt };
  return {
    path: [...(above ?? []), ...placed.place.at, ...(key === undefined ? [] : [key])],
    value: shortened(placed, mapping),
    mapping,
    declared: { ...declared, ...adopt },
    secrets,
    unseen: unseenSecrets(adapter, kind, remote),
    problems: [...placeProblems(placed, key, above !== undefined), ...texts.problems, ...inputProblems(adapter, described, declared)],
  };
}

/** What the key gives to a field that no control plane has. */
function keyValue({ kind, place }: PlacedKind, key: string | undefined, live: Values): Values {
  const { keyField } = place;
  const isGiven = keyField !== undefined && live[keyField] === undefined && kind.fields[keyField]?.flags.local === true;
  return isGiven && key !== undefined ? { [keyField]: key } : {};
}

function inOrderOf({ fields }: Kind, values: Values): Values {
  return Object.fromEntries(Object.keys(fields).flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
}

/** Without what the nesting and the key say; a key that says something else than the object is called is contradicted. */
function ownTexts(placed: PlacedKind, key: string | undefined, live: Values, texts: Values): Values {
  const { keyField } = placed.place;
  const name = keyField === undefined ? undefined : live[keyField];
  const isSaid = keyField === undefined || name === key || placed.kind.fields[keyField]?.flags.local === true;
  return Object.fromEntries(
    Object.keys(placed.kind.fields).flatMap((field) => {
      if (field === ownerFieldAt(placed)) return [];
      // A key names the object, unless the entry says that it has no name.
      if (field === keyField) return isSaid ? [] : [[field, name ?? null]];
      return texts[field] === undefined ? [] : [[field, texts[field]]];
    }),
  );
}

function shortened({ place }: PlacedKind, own: Values): unknown {
  const short = place.shorthand === undefined ? undefined : own[place.shorthand];
  return typeof short === "string" && Object.keys(own).length === 1 ? short : own;
}

function placeProblems(placed: PlacedKind, key: string | undefined, isNested: boolean): readonly Problem[] {
  const { keyField } = placed.place;
  return [
    ...(isNested ? [] : [{ property: ownerFieldAt(placed) ?? "", reason: "is not declared itself" }]),
    ...(keyField !== undefined && key === undefined
      ? [{ property: keyField, reason: "is missing, and its entry would be called by it" }]
      : []),
  ];
}

/** True for what could not be made like this: it can be there, so that its entry must go on saying so. */
function needsAdoption(adapter: Adapter, kind: Kind, declared: Values): boolean {
  return ruleProblems(adapter, kind, declared).length > ruleProblems(adapter, kind, { ...declared, adopt: "require" }).length;
}

function ruleProblems(adapter: Adapter, kind: Kind, inputs: Values): readonly Problem[] {
  return [...kind.rules(inputs), ...supportProblems(adapter, kind, inputs, () => false)];
}

function inputProblems(adapter: Adapter, described: Kind, declared: Values): readonly Problem[] {
  const { kind, validate } = prepared(adapter, described);
  return [...validate(declared), ...ruleProblems(adapter, kind, { ...declared, adopt: "require" })];
}

interface Prepared {
  readonly kind: Kind;
  readonly validate: (values: Values) => readonly Problem[];
}

const known = new WeakMap<Adapter, Map<string, Prepared>>();

/** A kind as one system has it, made once. */
function prepared(adapter: Adapter, described: Kind): Prepared {
  const ofAdapter = known.get(adapter) ?? new Map<string, Prepared>();
  known.set(adapter, ofAdapter);
  const made = ofAdapter.get(described.name) ?? withValidator(specialised(adapter, described));
  ofAdapter.set(described.name, made);
  return made;
}

function withValidator(kind: Kind): Prepared {
  return { kind, validate: validatorOf(inputsSchema(kind)) };
}
