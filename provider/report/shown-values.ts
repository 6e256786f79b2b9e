import { type Field, type Fields, memberOf } from "../../schema/field.js";
import { allFields } from "../../schema/kind.js";
import { kindNamed } from "../../schema/kinds/index.js";
import { UNKNOWN } from "../../schema/unknown.js";
import type { PropertyChange } from "../plan/changes.js";
import { isNamedLikeSecret, looksLikeSecret } from "../policies/secret-shapes.js";
import type { ReportLine } from "./report.js";

/** Stands where a secret was, as the engine writes it too. */
export const HIDDEN = "[secret]";

/** Stands for a value that only the apply will know. */
export const KNOWN_AFTER_APPLY = "(known after apply)";

/** Described fields by name; none for what is no kind. */
export function fieldsOf(kind: string): Fields {
  const described = kindNamed(kind);
  return described === undefined ? {} : allFields(described);
}

/** Changed properties of an object of a kind as a reader may see them. */
export function shownChanges(kind: string, changes: readonly PropertyChange[]): ReportLine["values"] {
  const fields = fieldsOf(kind);
  return changes.map(({ property, before, after }) => {
    const shown = (value: unknown) => withWords(maskedAt(fields, property, value));
    return { property, before: shown(before), after: shown(after) };
  });
}

/** An object's changes with their values as a reader may see them. */
export function withShownValues<Change extends { readonly kind: string; readonly properties: readonly PropertyChange[] }>(
  change: Change,
): Change {
  const shown = shownChanges(change.kind, change.properties);
  return { ...change, properties: change.properties.map((property, index) => ({ ...property, ...shown[index] })) };
}

/** Inputs of an object with every secret masked; unknown values stay as they are. */
export function maskedInputs(fields: Fields, inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, masked(fields[name] ?? UNDESCRIBED, name, value)]));
}

const UNDESCRIBED: Field = { schema: {}, flags: {} };

/** What a reference to a secret is made of. None of it is the secret. */
const REFERENCE: readonly string[] = ["env", "file", "version"];

function maskedAt(fields: Fields, path: string, value: unknown): unknown {
  const [first = "", ...rest] = path.split(".");
  let field = fields[first] ?? UNDESCRIBED;
  for (const name of rest) {
    if (field.flags.secret) return REFERENCE.includes(name) ? value : masked(field, name, value);
    field = memberOf(field, name) ?? UNDESCRIBED;
  }
  return masked(field, rest.at(-1) ?? first, value);
}

function masked(field: Field, name: string, value: unknown): unknown {
  if (value === undefined || value === null || value === UNKNOWN || value === KNOWN_AFTER_APPLY) return value;
  if (field.flags.secret) return isReference(value) ? value : HIDDEN;
  if (typeof value === "string") return looksLikeSecret(value) || isNamedLikeSecret(name, value) ? HIDDEN : value;
  if (Array.isArray(value)) return value.map((item) => masked(field.items ?? UNDESCRIBED, name, item));
  if (typeof value !== "object") return value;
  const own = Object.entries(value).filter(([inner]) => !inner.startsWith("__"));
  return Object.fromEntries(own.map(([inner, item]) => [inner, masked(memberOf(field, inner) ?? UNDESCRIBED, inner, item)]));
}

function isReference(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).every((name) => REFERENCE.includes(name));
}

function withWords(value: unknown): unknown {
  if (value === UNKNOWN) return KNOWN_AFTER_APPLY;
  if (Array.isArray(value)) return value.map(withWords);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withWords(item)]));
}
