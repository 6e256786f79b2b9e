import type { Field } from "../../schema/field.js";
import { memberOf } from "../../schema/field.js";
import { UNKNOWN } from "../../schema/unknown.js";
import type { ChangeSet } from "../gates/index.js";
import { looksLikeSecret } from "../policies/secret-shapes.js";
import { fieldsOf, HIDDEN } from "./shown-values.js";

/** Shorter texts in a secret field are words of everybody's, and taking them out would garble what is said. */
const SHORTEST = 6;

/** Takes out of a text the secrets of a change, and whatever else looks like one: texts of others hold what nobody checked. */
export function secretRemover({ objects }: ChangeSet): (text: string) => string {
  const secrets = new Set<string>();
  for (const { kind, before, after } of objects) {
    const fields = Object.entries(fieldsOf(kind));
    for (const values of [before?.inputs, before?.outputs, after])
      for (const [name, field] of fields) for (const secret of secretsAt(field, values?.[name])) secrets.add(secret);
  }
  const longestFirst = [...secrets].toSorted((a, b) => b.length - a.length);
  return (text) => withoutSecretShapes(longestFirst.reduce((clean, secret) => clean.replaceAll(secret, HIDDEN), text));
}

function secretsAt(field: Field, value: unknown): readonly string[] {
  if (value === undefined || value === null || value === UNKNOWN) return [];
  if (field.flags.secret) return typeof value === "string" && value !== HIDDEN && value.length >= SHORTEST ? [value] : [];
  if (typeof value !== "object") return [];
  const items = Array.isArray(value) ? value.map((item) => ["", item] as const) : Object.entries(value);
  return items.flatMap(([name, item]) => {
    const inner = memberOf(field, name);
    return inner === undefined ? [] : secretsAt(inner, item);
  });
}

/** Takes out of a text what looks like a secret; a text that still does is hidden whole. */
export function withoutSecretShapes(text: string): string {
  if (!looksLikeSecret(text)) return text;
  const clean = text
    .replaceAll(/\bBearer\s+\S+/gi, `Bearer ${HIDDEN}`)
    .replaceAll(/[^\s"'`,;:()=<>]+/g, (word) => (looksLikeSecret(word) ? HIDDEN : word));
  return looksLikeSecret(clean) ? HIDDEN : clean;
}
