import type { Field, Fields } from "../../schema/field.js";
import { type Kind, ownerField } from "../../schema/kind.js";
import type { Adapter, Remote } from "../adapters/adapter.js";
import { defaultsOf, normalised } from "../adapters/support.js";
import { canonical, isEmpty, isRecord, type Values } from "../lifecycle/values.js";

/** The values of a listed object, the reference to its owner included, which a system does not always tell. */
export function liveValues(kind: Kind, { owner, values }: Remote): Values {
  const field = ownerField(kind);
  return field === undefined || owner === undefined ? values : { ...values, [field]: owner };
}

/**
 * What a declaration of the live object says: everything that the control plane holds and that can be declared, in the order of the kind,
 * without what stands anyway where nothing is declared.
 */
export function declaredValues(adapter: Adapter, kind: Kind, remote: Remote): Values {
  const live = liveValues(kind, remote);
  return withoutUsual(adapter, kind, visibleIn(kind.fields, live) ?? {});
}

function visibleIn(fields: Fields, values: Values): Values | undefined {
  const entries = Object.entries(fields).flatMap(([name, field]) => {
    const value = visible(field, values[name]);
    return isEmpty(value) ? [] : [[name, value] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function visible(field: Field, value: unknown): unknown {
  const { computed, local, secret, createOnly } = field.flags;
  if (computed || local || secret || createOnly || isEmpty(value) || value === field.schema.default) return undefined;
  if (field.fields && isRecord(value)) return visibleIn(field.fields, value);
  const { items } = field;
  if (items && Array.isArray(value))
    return canonical(
      field,
      value.map((item) => visibleItem(items, item)),
    );
  return value;
}

/** An item of a list stands for itself, however little is in it. */
function visibleItem(field: Field, value: unknown): unknown {
  return field.fields && isRecord(value) ? (visibleIn(field.fields, value) ?? {}) : value;
}

/** Takes away, one by one, what the adapter puts back by itself. */
function withoutUsual(adapter: Adapter, kind: Kind, values: Values): Values {
  const whole = (declared: Values) => JSON.stringify(normalised(adapter, kind, { ...defaultsOf(adapter, kind), ...declared }), inOrder);
  const wanted = whole(values);
  return pathsIn(values).reduce<Values>((kept, path) => {
    const less = withoutPath(kept, path) as Values;
    return whole(less) === wanted ? less : kept;
  }, values);
}

function inOrder(_name: string, value: unknown): unknown {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;
}

type Path = readonly string[];

/** Paths of the members of objects, at any depth, the innermost first. Items of lists are no members. */
function pathsIn(value: unknown, at: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => pathsIn(item, [...at, String(index)]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => [...pathsIn(item, [...at, name]), [...at, name]]);
}

function withoutPath(value: unknown, [step, ...rest]: Path): unknown {
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === step ? withoutPath(item, rest) : item));
  if (!isRecord(value) || step === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      if (name !== step) return [[name, item]];
      return rest.length === 0 ? [] : [[name, withoutPath(item, rest)]];
    }),
  );
}
