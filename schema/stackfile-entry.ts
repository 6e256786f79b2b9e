import { expectationOf } from "./expectation.js";
import type { Field, Fields, JsonSchema } from "./field.js";
import { inputFields, type Kind } from "./kind.js";
import { ownerFieldAt, type PlacedKind } from "./places.js";
import { COLLECTION_SETTINGS, ENTRY_SETTINGS, FILE_SECRET, ON } from "./stackfile-blocks.js";

/** The doc comment of a field by kind and dotted path (`grading.expectedCostUsd`), or of the kind itself for the empty path. */
export type Doc = (kind: string, path: string) => string | undefined;

/** Schema of one object: its fields as a file writes them, its settings, and the places nested in it. */
export function entrySchema(placed: PlacedKind, nested: Readonly<Record<string, JsonSchema>>, doc: Doc): JsonSchema {
  const { kind, place } = placed;
  const owner = ownerFieldAt(placed);
  const fields = Object.fromEntries(Object.entries(inputFields(kind)).filter(([name]) => name !== owner));
  const required = requiredOf(fields).filter((name) => name !== place.keyField);
  return {
    type: "object",
    additionalProperties: false,
    ...described(doc(kind.name, "")),
    properties: {
      ...propertiesOf(kind, fields, "", doc),
      ...namelessness(placed, doc),
      ...(place.keyField === undefined ? {} : ENTRY_SETTINGS),
      on: ON,
      ...nested,
    },
    ...requirement(required, place.keyField === undefined && Object.keys(nested).length > 0, Object.keys(fields)),
  };
}

/** Where an object may go without the name that its key would give it, the entry says so: `name: null`. */
function namelessness({ kind, place: { keyField = "" } }: PlacedKind, doc: Doc): Record<string, JsonSchema> {
  const field = kind.fields[keyField];
  if (!field?.flags.optional || field.schema.type !== "string") return {};
  const either = { ...field.schema, type: ["string", "null"], title: `${expectationOf(field.schema)}, or null where it has none` };
  return { [keyField]: { ...either, ...described(doc(kind.name, keyField)) } };
}

/** Schema of a collection: entries by key, beside settings that begin with `$`. */
export function collectionSchema(placed: PlacedKind, entry: JsonSchema, doc: Doc): JsonSchema {
  const { kind, place } = placed;
  const keySchema = kind.fields[String(place.keyField)]?.schema ?? { type: "string", minLength: 1 };
  const value = orShorthand(placed, entry);
  const collection = { type: "object", ...described(collectionDoc(kind, place.keyField, doc)) };
  if (Array.isArray(keySchema.enum)) {
    const entries = Object.fromEntries(keySchema.enum.map((key) => [String(key), value]));
    return { ...collection, additionalProperties: false, properties: { ...COLLECTION_SETTINGS, ...entries } };
  }
  return {
    ...collection,
    properties: COLLECTION_SETTINGS,
    // Misspelt settings are told by their names, and are not judged as entries besides.
    patternProperties: { "^\\$": {} },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    propertyNames: { if: { pattern: "^\\$" }, then: { enum: Object.keys(COLLECTION_SETTINGS) }, else: keySchema },
    additionalProperties: value,
  };
}

function collectionDoc(kind: Kind, keyField: string | undefined, doc: Doc): string | undefined {
  const text = doc(kind.name, "");
  return text === undefined ? undefined : `${text} By ${keyField}.`;
}

function orShorthand({ kind, place }: PlacedKind, entry: JsonSchema): JsonSchema {
  const short = place.shorthand === undefined ? undefined : kind.fields[place.shorthand]?.schema;
  if (short === undefined) return entry;
  const either = { ...short, title: `${expectationOf(short)}, or a mapping (key: value)` };
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  return { if: { type: "object" }, then: entry, else: either, ...described(entry.description) };
}

/** A single object that shares its key with nested places is only complete or absent, never required. */
function requirement(required: readonly string[], optionalAsAWhole: boolean, fields: readonly string[]): JsonSchema {
  if (required.length === 0) return {};
  return optionalAsAWhole ? { dependentRequired: Object.fromEntries(fields.map((name) => [name, required])) } : { required };
}

function propertiesOf(kind: Kind, fields: Fields, path: string, doc: Doc): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const at = path === "" ? name : `${path}.${name}`;
      return [name, { ...fieldSchema(kind, field, at, doc), ...described(doc(kind.name, at)) }];
    }),
  );
}

function fieldSchema(kind: Kind, field: Field, path: string, doc: Doc): JsonSchema {
  if (field.flags.secret) return FILE_SECRET;
  if (field.fields) return { ...field.schema, properties: propertiesOf(kind, field.fields, path, doc) };
  if (!field.items)
    return field.reference && !field.schema.format && !field.schema.examples
      ? { ...field.schema, title: `the name of a ${field.reference.kind}` }
      : field.schema;
  const items = fieldSchema(kind, field.items, path, doc);
  return { ...field.schema, [field.schema.type === "array" ? "items" : "additionalProperties"]: items };
}

function requiredOf(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([name, { flags }]) => (flags.optional ? [] : [name]));
}

function described(description: unknown): JsonSchema {
  return description === undefined ? {} : { description };
}
