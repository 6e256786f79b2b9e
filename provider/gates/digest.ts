import { createHash } from "node:crypto";
import { type Field, memberOf } from "../../schema/field.js";
import { kindNamed } from "../../schema/kinds/index.js";
import type { ObjectStep } from "./facts.js";

/**
 * Names one change of one object: 16 hexadecimal digits that are the same in every run and order, and others as soon as the object, the
 * operation or any changed value is another. Secrets do not enter it, nor does any other object.
 */
export function changeDigest(step: ObjectStep): string {
  const fields = kindNamed(step.kind)?.fields ?? {};
  const properties = step.properties.map(({ property, before, after }) => {
    const field = fieldAt(fields, property);
    return [property, comparable(field, before), comparable(field, after)];
  });
  const rotation = step.rotation === undefined ? {} : { rotation: step.rotation.step };
  return hashed({ urn: step.urn, id: step.before?.id, operation: step.operation, properties: properties.toSorted(byText), ...rotation });
}

/** Names a change of several objects. `affected` are ids of objects that it reaches without being steps of the plan. */
export function collectionDigest(steps: readonly ObjectStep[], affected: readonly string[] = []): string {
  return hashed({ changes: [...new Set(steps.map(changeDigest))].toSorted(), affected: [...new Set(affected)].toSorted() });
}

const UNDESCRIBED: Field = { schema: {}, flags: {} };

function fieldAt(fields: Readonly<Record<string, Field>>, path: string): Field {
  const [first = "", ...rest] = path.split(".");
  return rest.reduce((field, name) => (field.flags.secret ? field : (memberOf(field, name) ?? UNDESCRIBED)), fields[first] ?? UNDESCRIBED);
}

/** The value without secrets and the engine's own keys, and sorted where order means nothing. */
function comparable(field: Field, value: unknown): unknown {
  if (field.flags.secret || value === undefined) return null;
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(field.items ?? UNDESCRIBED, item));
    return field.flags.unordered ? items.toSorted(byText) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const own = Object.entries(value).filter(([name, item]) => !name.startsWith("__") && item !== undefined);
  return Object.fromEntries(own.map(([name, item]) => [name, comparable(memberOf(field, name) ?? UNDESCRIBED, item)]));
}

function hashed(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 16);
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [canonicalJson(a), canonicalJson(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** JSON whose objects have their keys in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
