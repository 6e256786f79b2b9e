import { type Field, type Fields, objectSchema } from "../../schema/field.js";
import { COMMON_FIELDS, inputFields, type Kind, type Problem } from "../../schema/kind.js";
import type { KindName } from "../../schema/kinds/index.js";
import { hasUnknown } from "../../schema/unknown.js";
import type { Adapter, KindSupport, Transport } from "./adapter.js";
import type { Evidence } from "./evidence.js";

/** What an adapter says of a kind, or the reason why it has none of it. */
export function supportOf(adapter: Adapter, kind: Kind): KindSupport | { readonly lacking: string } {
  const support = adapter.kinds[kind.name as KindName];
  if (support === undefined) return { lacking: `what ${adapter.title} has of ${kind.name} is not known: nothing can be declared of it` };
  const refused = evidenceOf(support).find((evidence) => evidence.basis === "unsupported");
  return refused === undefined ? support : { lacking: `${adapter.title} ${refused.reason}` };
}

/** What stands where a declaration says nothing. */
export function defaultsOf(adapter: Adapter, kind: Kind): Readonly<Record<string, unknown>> {
  return adapter.kinds[kind.name as KindName]?.defaults ?? {};
}

/**
 * Why a field does not come from one value to another, where the system documents no way back from the first: a sentence without its
 * final stop. Unknown values pass.
 */
export function noWayBack(adapter: Adapter, kind: Kind, property: string, was: unknown, is: unknown): string | undefined {
  const instead = adapter.kinds[kind.name as KindName]?.final?.[property]?.[String(was)];
  if (instead === undefined || is === undefined || is === was || hasUnknown(is)) return undefined;
  return `${adapter.title} documents no way back from ${was} to ${is}: ${instead}`;
}

/** The inputs in the one form in which the system shows them. */
export function normalised(adapter: Adapter, kind: Kind, inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return adapter.kinds[kind.name as KindName]?.normalise?.(inputs) ?? inputs;
}

export function evidenceOf(support: KindSupport): readonly Evidence[] {
  return Array.isArray(support.evidence) ? (support.evidence as readonly Evidence[]) : [support.evidence as Evidence];
}

/** Why calls for a kind are our guess, where some of them are. */
export function guessOf(support: KindSupport): Extract<Evidence, { basis: "assumed" }> | undefined {
  return evidenceOf(support).find((evidence) => evidence.basis === "assumed");
}

/**
 * The kind as one system has it: what the system keeps nowhere becomes local, what it cannot change in place replaces, and its own
 * values and rules hold. Unsupported kinds and fields stay, so that their use can be told.
 */
export function specialised(adapter: Adapter, kind: Kind): Kind {
  const support = supportOf(adapter, kind);
  if ("lacking" in support) return kind;
  const fields = Object.fromEntries(Object.entries(kind.fields).map(([name, field]) => [name, specialisedField(support, name, field)]));
  return {
    ...kind,
    ...(support.keyScope === undefined ? {} : { keyScope: support.keyScope }),
    fields,
    key: kind.key.filter((name) => !support.local?.includes(name)),
  };
}

function specialisedField(support: KindSupport, name: string, field: Field): Field {
  const flags = {
    ...field.flags,
    ...(support.local?.includes(name) ? { local: true, replace: false } : {}),
    ...(support.fixed?.includes(name) ? { replace: true } : {}),
  };
  if (field.fields === undefined) return { ...field, flags };
  const members = Object.fromEntries(
    Object.entries(field.fields).map(([member, inner]) => [member, specialisedField(support, `${name}.${member}`, inner)]),
  );
  return { ...field, flags, fields: members, schema: { ...field.schema, ...objectSchema(members) } };
}

/** Everything in a set of inputs that the system has not, or knows other values of. Unknown values pass. */
export function supportProblems(
  adapter: Adapter,
  kind: Kind,
  inputs: Readonly<Record<string, unknown>>,
  isUnknown: (value: unknown) => boolean,
): readonly Problem[] {
  const support = supportOf(adapter, kind);
  if ("lacking" in support) return [{ property: kind.key[0] ?? Object.keys(inputs)[0] ?? "", reason: support.lacking }];
  const given = leavesOf(inputFields(kind), inputs, "");
  const own = given.filter(({ path }) => !Object.hasOwn(COMMON_FIELDS, path));
  const known = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isUnknown(value)));
  return [
    ...own
      .filter(({ path }) => !hasField(kind, support, path))
      .map(({ path }) => ({ property: path, reason: lackingField(adapter, kind, support, path) })),
    ...own.flatMap(({ path, value }) => (isUnknown(value) ? [] : valueProblems(adapter, support, path, value))),
    ...missingProblems(adapter, support, inputs),
    ...(support.rules?.(known) ?? []),
  ];
}

/** Declared values with their dotted paths; members of described objects one by one. */
function leavesOf(fields: Fields, values: Readonly<Record<string, unknown>>, prefix: string): { path: string; value: unknown }[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const field = fields[name];
    if (field === undefined || value === undefined || value === null) return [];
    const path = `${prefix}${name}`;
    const isObject = field.fields !== undefined && typeof value === "object" && !Array.isArray(value);
    return isObject ? leavesOf(field.fields, value as Record<string, unknown>, `${path}.`) : [{ path, value }];
  });
}

/** What a kind keeps in the state alone is for every system, except what renews a secret. */
function hasField({ fields }: Kind, { has, local }: KindSupport, path: string): boolean {
  const { local: isLocal, renewsSecret } = fields[path.split(".")[0] ?? ""]?.flags ?? {};
  if (has === undefined || (isLocal && !renewsSecret)) return true;
  return [...has, ...(local ?? [])].some((name) => path === name || path.startsWith(`${name}.`));
}

/** True when a system has a place for this field of a kind, be it in the state alone. */
export function offersField(adapter: Adapter, kind: Kind, path: string): boolean {
  const support = supportOf(adapter, kind);
  return !("lacking" in support) && hasField(kind, support, path);
}

/** True when a system itself keeps this field of a kind, and goes by it: what is local is Gatehouse's to see to. */
export function keepsField(adapter: Adapter, kind: Kind, name: string): boolean {
  return offersField(adapter, kind, name) && specialised(adapter, kind).fields[name]?.flags.local !== true;
}

function lackingField(adapter: Adapter, kind: Kind, support: KindSupport, path: string): string {
  const advice = Object.entries(support.instead ?? {}).find(([name]) => path === name || path.startsWith(`${name}.`))?.[1];
  const nearest = advice ?? `a ${kind.name} there has ${[...(support.has ?? []), ...(support.local ?? [])].join(", ")}`;
  return `${adapter.title} has no ${path} on a ${kind.name}: ${nearest}`;
}

function missingProblems(adapter: Adapter, { needs = {} }: KindSupport, inputs: Readonly<Record<string, unknown>>): readonly Problem[] {
  if (inputs.adopt === "ifExists" || inputs.adopt === "require") return [];
  return Object.entries(needs)
    .filter(([name]) => inputs[name] === undefined)
    .map(([property, advice]) => ({ property, reason: `is missing, and ${adapter.title} needs it: ${advice}` }));
}

function valueProblems(adapter: Adapter, support: KindSupport, path: string, value: unknown): readonly Problem[] {
  const values = support.values?.[path];
  if (values === undefined) return [];
  const wrong = (Array.isArray(value) ? value : [value]).filter((one) => !values.includes(one));
  return wrong.map((one) => ({ property: path, reason: `${adapter.title} does not know ${String(one)}: it has ${values.join(", ")}` }));
}

/**
 * Why a transport cannot carry an object of a kind with these inputs, or undefined when it can. Without inputs: why it can carry none.
 */
export function transportProblem(
  adapter: Adapter,
  kind: Kind,
  transport: Transport,
  allowAssumed: boolean,
  inputs: Readonly<Record<string, unknown>> = {},
): string | undefined {
  const support = supportOf(adapter, kind);
  if ("lacking" in support || transport === "rehearsal") return undefined;
  const bases = evidenceOf(support);
  if (transport === "dashboard") {
    if (!bases.some((e) => e.basis === "dashboard")) return `${adapter.title} has no page for it in its dashboard: use transport api`;
    const isOpen = inputs.adopt === "ifExists" && !kind.singleton;
    return isOpen
      ? "nobody can tell before whether it is there: write `adopt: require` where it is, and no `adopt` where it is not"
      : undefined;
  }
  const guess = guessOf(support);
  if (bases.some((e) => e.basis === "documented")) {
    const assumed = guess === undefined || allowAssumed ? [] : (support.assumedCalls?.(inputs) ?? []);
    return assumed.length === 0
      ? undefined
      : `${adapter.title} documents no call ${assumed.join(", none ")}, which it needs, and such calls are assumed: ${waysOut(bases)}`;
  }
  if (guess === undefined) return `${adapter.title} documents no API for it: use transport dashboard, where a person does it, or rehearsal`;
  return allowAssumed ? undefined : `the API for it is assumed (${guess.why}): ${waysOut(bases)}`;
}

function waysOut(bases: readonly Evidence[]): string {
  const byPerson = bases.some(({ basis }) => basis === "dashboard") ? ", or transport: dashboard, where a person does it" : "";
  return `write allowAssumed: true on the control plane to use it all the same${byPerson}`;
}
