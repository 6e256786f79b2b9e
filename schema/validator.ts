import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { JsonSchema } from "./field.js";
import type { Problem } from "./kind.js";
import { hasUnknown, UNKNOWN } from "./unknown.js";

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);

type Values = Readonly<Record<string, unknown>>;

/**
 * Makes a check of values by a schema: everything that is wrong, by dotted property. Unknown values pass; none is ever repeated.
 * `whole` says what the properties are of.
 */
export function validatorOf(schema: JsonSchema, whole = "kind"): (values: Values) => readonly Problem[] {
  const validate = ajv.compile(schema);
  return (values) => (validate(values) ? [] : problemsIn(validate.errors ?? [], values, whole));
}

function problemsIn(all: readonly ErrorObject[], values: Values, whole: string): readonly Problem[] {
  const errors = all.filter((e) => !hasUnknown(valueAt(values, e.instancePath)) || e.keyword === "additionalProperties");
  // A value of several possible shapes yields one error for each shape and one that sums them up: the sum is told.
  const sums = errors.filter((e) => e.keyword === "anyOf" || e.keyword === "oneOf").map((e) => e.instancePath);
  const told = errors.filter((e) => e.keyword === "anyOf" || !sums.some((path) => e.instancePath.startsWith(path)));
  return told.map((e) => ({ property: propertyOf(e), reason: reasonOf(e, whole) }));
}

function valueAt(values: Values, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (value, step) => (value === UNKNOWN ? value : (value as Values | undefined)?.[step.replace(/~1/g, "/").replace(/~0/g, "~")]),
      values,
    );
}

function propertyOf(error: ErrorObject): string {
  const extra = error.params.missingProperty ?? error.params.additionalProperty;
  const path = error.instancePath.split("/").slice(1);
  return [...path, ...(extra === undefined ? [] : [String(extra)])].join(".");
}

/** What would be right, for the rules whose own wording leaves it open. Values are never repeated: one may be a secret. */
const REASONS: Readonly<Record<string, (params: Record<string, unknown>, whole: string) => string>> = {
  required: () => "is missing",
  additionalProperties: (_params, whole) => `is not a property of this ${whole}`,
  enum: (p) => `must be one of ${(p.allowedValues as unknown[]).join(", ")}`,
  type: (p) => `must be ${String(p.type) === "integer" ? "a whole number" : `of type ${String(p.type)}`}`,
  format: (p) => `must be ${FORMATS[String(p.format)] ?? `a ${String(p.format)}`}`,
  pattern: (p) => `must match ${String(p.pattern)}`,
  uniqueItems: () => "must not hold a value twice",
  anyOf: () => "must be a secret value, or { env: GATEHOUSE_…, version } or { file, version }",
};

const FORMATS: Readonly<Record<string, string>> = {
  date: "a date like 2027-06-30",
  "date-time": "a time like 2027-06-30T12:00:00Z",
  email: "an e-mail address",
  uri: "an absolute URL",
};

function reasonOf(error: ErrorObject, whole: string): string {
  return REASONS[error.keyword]?.(error.params, whole) ?? error.message ?? "is not valid";
}
