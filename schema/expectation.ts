import type { JsonSchema } from "./field.js";

const FORMATS: Readonly<Record<string, string>> = {
  date: "a date like 2027-06-30",
  "date-time": "a time like 2027-06-30T12:00:00Z",
  email: "an e-mail address",
  uri: "an absolute URL like https://gateway.acme.example",
};

/** What a value must be to fit a schema, in words that follow "must be" or "give". A `title` says it where the keywords would not. */
export function expectationOf(schema: JsonSchema): string {
  if (typeof schema.title === "string") return schema.title;
  if (Array.isArray(schema.enum)) return `${schema.enum.length > 1 ? "one of " : ""}${schema.enum.join(", ")}`;
  if (schema.then !== undefined) return `${expectationOf(schema.then as JsonSchema)}, or ${expectationOf(schema.else as JsonSchema)}`;
  return BY_TYPE[String(schema.type)]?.(schema) ?? "another value";
}

const BY_TYPE: Readonly<Record<string, (schema: JsonSchema) => string>> = {
  string: textOf,
  integer: (schema) => `a whole number${rangeOf(schema)}`,
  number: (schema) => `a number${rangeOf(schema)}`,
  boolean: () => "true or false",
  array: (schema) => `a list${schema.maxItems === undefined ? "" : ` of up to ${schema.maxItems} entries`}`,
  object: () => "a mapping (key: value)",
};

function textOf({ format, maxLength, pattern, examples }: JsonSchema): string {
  if (Array.isArray(examples)) return `a text such as ${examples.join(", ")}`;
  const known = FORMATS[String(format)];
  if (known !== undefined) return known;
  return `a text${maxLength === undefined ? "" : ` of 1 to ${maxLength} characters`}${pattern === undefined ? "" : ` that matches ${pattern}`}`;
}

function rangeOf({ minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}`;
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of ${minimum} or more`;
  return maximum === undefined ? "" : ` of up to ${maximum}`;
}
