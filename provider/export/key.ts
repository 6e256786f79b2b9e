import { createHash } from "node:crypto";
import type { Field } from "../../schema/field.js";
import type { PlacedKind } from "../../schema/places.js";
import { slugOf } from "../../schema/slug.js";
import type { Values } from "../lifecycle/values.js";

/** What people type as a key without thinking about quotes. A logical name is made of it, in which `::` separates. */
const PLAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._@+-]*[\p{L}\p{N}._@+-])?$/u;

/** What an entry for an object with these values is called, before its siblings are looked at. Undefined where nothing fits. */
export function preferredKey({ kind, place }: PlacedKind, values: Values): string | undefined {
  const field = place.keyField === undefined ? undefined : kind.fields[place.keyField];
  if (place.keyField === undefined || field === undefined) return undefined;
  const own = values[place.keyField];
  if (isTheValue(field)) return typeof own === "string" ? own : undefined;
  const names = [own, ...kind.key.map((name) => values[name])].filter((name) => typeof name === "string");
  const plain = names.find((name) => name === own && fits(field, name));
  return plain ?? wordsOf(names[0] ?? "") ?? wordsOf(separated(kind.name));
}

/** The key, or the key with a number that none of the others has. */
export function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  let key = wanted;
  for (let number = 2; taken.has(key.toLowerCase()); number++) key = `${wanted}-${number}`;
  return key;
}

/** True for a key that is the value itself, of a closed set or of a known form: it can be written in no other way. */
export function isTheValue(field: Field): boolean {
  return field.schema.enum !== undefined || field.schema.format !== undefined;
}

function fits({ schema }: Field, key: string): boolean {
  const { pattern, maxLength } = schema as { readonly pattern?: string; readonly maxLength?: number };
  return PLAIN.test(key) && (pattern === undefined || new RegExp(pattern).test(key)) && [...key].length <= (maxLength ?? 100);
}

/** `api-key` of `apiKey`. */
export function separated(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-");
}

/** Lower-case letters, digits and single hyphens of a name; undefined where it has none. */
export function wordsOf(name: string): string | undefined {
  return slugOf(name) || undefined;
}

/** Few digits that tell one text from others. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 6);
}
