import type { Field, JsonSchema } from "../../../schema/field.js";

/** No kind knows it, and it is no address, number or date. */
const NO_WORD = "no such word";

/** Values that a check must refuse, by the limits that the field itself states, and by the words that the system knows. */
export function wrongValues(field: Field, known?: readonly unknown[]): readonly unknown[] {
  const { schema, flags } = field;
  if (flags.secret) return [7, {}, { env: "PATH", version: 1 }, { env: "GATEHOUSE_KEY", version: 0 }, { file: "" }];
  const unknown = known === undefined ? [] : [schema.type === "array" ? [NO_WORD] : NO_WORD];
  return [...unknown, ...(BY_TYPE[String(schema.type)]?.(schema, field) ?? [])];
}

const BY_TYPE: Readonly<Record<string, (schema: JsonSchema, field: Field) => readonly unknown[]>> = {
  string: ({ enum: words, minLength, maxLength, format, pattern }) => [
    7,
    ...(words === undefined ? [] : [NO_WORD]),
    ...(Number(minLength ?? 0) > 0 ? [""] : []),
    ...(maxLength === undefined ? [] : ["x".repeat(Number(maxLength) + 1)]),
    ...(format === undefined ? [] : [NO_WORD]),
    ...(pattern === undefined ? [] : [" "]),
  ],
  integer: (schema) => ["many", 1.5, ...outside(schema)],
  number: (schema) => ["many", ...outside(schema)],
  boolean: () => ["perhaps"],
  array: ({ maxItems }, { items }) => [
    NO_WORD,
    ...(items === undefined ? [] : wrongValues(items).map((value) => [value])),
    ...(maxItems === undefined ? [] : [Array.from({ length: Number(maxItems) + 1 }, (_, index) => `x${index}`)]),
  ],
  object: (_schema, { items }) => [NO_WORD, ...(items === undefined ? [] : wrongValues(items).map((value) => ({ name: value })))],
};

function outside({ minimum, exclusiveMinimum, maximum }: JsonSchema): readonly number[] {
  return [
    ...(minimum === undefined ? [] : [Number(minimum) - 1]),
    ...(exclusiveMinimum === undefined ? [] : [Number(exclusiveMinimum)]),
    ...(maximum === undefined ? [] : [Number(maximum) + 1]),
  ];
}
