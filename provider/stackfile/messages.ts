import type { ErrorObject } from "ajv";
import { expectationOf } from "../../schema/expectation.js";
import type { JsonSchema } from "../../schema/field.js";
import { didYouMean } from "./nearest.js";

/** What is wrong with a value, and what would be right. The value itself is never repeated: it may be a secret. */
export function messageOf(error: ErrorObject): string {
  return (MESSAGES[error.keyword] ?? otherwise)(error, error.params as Readonly<Record<string, unknown>>, error.parentSchema as JsonSchema);
}

type Message = (error: ErrorObject, params: Readonly<Record<string, unknown>>, schema: JsonSchema) => string;

const otherwise: Message = (_error, _params, schema) => `must be ${expectationOf(schema)}`;

const missing: Message = (_error, { missingProperty }, schema) =>
  `is missing: give ${expectationOf(propertiesOf(schema)[String(missingProperty)] ?? {})}`;

const MESSAGES: Readonly<Record<string, Message>> = {
  type: wrongType,
  required: missing,
  dependentRequired: missing,
  additionalProperties: (_error, { additionalProperty }, schema) =>
    unknownKey(String(additionalProperty), Object.keys(propertiesOf(schema))),
  enum: ({ data, propertyName }, { allowedValues }, schema) => {
    const words = (allowedValues as unknown[]).map(String);
    if (propertyName !== undefined) return unknownKey(propertyName, words);
    return `must be ${expectationOf(schema)}${typeof data === "string" ? didYouMean(data, words) : ""}`;
  },
  not: (_error, _params, schema) => String(schema.description),
  uniqueItems: () => "stands in the list twice: keep it once",
  maxItems: (_error, { limit }) => `has too many entries: keep ${String(limit)} or fewer`,
  minItems: () => "is an empty list: name at least one, or remove it",
  minProperties: () => "is empty: declare at least one, or remove it",
};

function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
}

function unknownKey(key: string, known: readonly string[]): string {
  return `is not known here${didYouMean(key, known, known.length === 0 ? "" : `: it may be ${known.join(", ")}`)}`;
}

function wrongType(error: ErrorObject, _params: unknown, schema: JsonSchema): string {
  const expected = expectationOf(schema);
  if (error.data === null) return `is empty: give ${expected}, or remove the key`;
  const quotable = expected.startsWith("a text") && ["number", "boolean"].includes(typeof error.data);
  return `is ${nameOf(error.data)}, and must be ${expected}${quotable ? ": put it in quotes" : ""}`;
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return (
    { string: "a text", number: "a number", boolean: "true or false", object: "a mapping" }[typeof value as string] ?? "something else"
  );
}
