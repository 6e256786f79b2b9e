import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { inputFields, inputsSchema, type Kind, type Problem } from "../../schema/kind.js";
import { hasUnknown, UNKNOWN } from "../../schema/unknown.js";
import { defaultsOf, normalised, supportProblems, transportProblem } from "../adapters/support.js";
import { rehearsalProblem } from "../http/settings.js";
import type { Session } from "./session.js";
import { canonical, type Values } from "./values.js";

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);
/** By the kind as a system has it, which one session makes once. */
const validators = new WeakMap<Kind, ValidateFunction>();

export interface Checked {
  /** The inputs in canonical form. */
  readonly inputs: Values;
  /** Everything that is wrong with them; empty when they may be applied. */
  readonly problems: readonly Problem[];
}

/**
 * Validates everything that can be validated without the network, the way to the control plane included, and puts the inputs in
 * canonical form. Unknown values pass. What no control plane knows has no session.
 */
export function check(kind: Kind, given: Values, session?: Session): Checked {
  const adapter = session?.adapter;
  const fields = inputFields(kind);
  const declared = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
  const inputs = Object.fromEntries(
    Object.entries(adapter ? normalised(adapter, kind, { ...defaultsOf(adapter, kind), ...declared }) : declared).map(([name, value]) => [
      name,
      fields[name] ? canonical(fields[name], value) : value,
    ]),
  );
  const known = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !hasUnknown(value)));
  const own = session ? [...supportProblems(session.adapter, kind, inputs, hasUnknown), ...wayProblems(session, kind, inputs)] : [];
  return { inputs, problems: [...schemaProblems(kind, inputs), ...kind.rules(known), ...own] };
}

/** Why no change of the object would arrive: told here, or a preview would be green and its run stop half-way. */
function wayProblems({ adapter, settings, transport, environment }: Session, kind: Kind, inputs: Values): Problem[] {
  const carried = transportProblem(adapter, kind, transport, settings.allowAssumed ?? false, inputs);
  const rehearsed = rehearsalProblem(settings, environment);
  return [
    ...(carried === undefined ? [] : [{ property: "", reason: `cannot go over transport ${transport}: ${carried}` }]),
    ...(rehearsed === undefined ? [] : [{ property: "", reason: `${rehearsed.subject} ${rehearsed.what}. ${rehearsed.advice}` }]),
  ];
}

function schemaProblems(kind: Kind, inputs: Values): Problem[] {
  let validate = validators.get(kind);
  if (!validate) {
    validate = ajv.compile(inputsSchema(kind));
    validators.set(kind, validate);
  }
  if (validate(inputs)) return [];
  const errors = (validate.errors ?? []).filter(
    (e) => !hasUnknown(valueAt(inputs, e.instancePath)) || e.keyword === "additionalProperties",
  );
  // A value of several possible shapes yields one error for each shape and one that sums them up: the sum is told.
  const sums = errors.filter((e) => e.keyword === "anyOf" || e.keyword === "oneOf").map((e) => e.instancePath);
  const told = errors.filter((e) => e.keyword === "anyOf" || !sums.some((path) => e.instancePath.startsWith(path)));
  return told.map((e) => ({ property: propertyOf(e), reason: reasonOf(e) }));
}

function valueAt(inputs: Values, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>(
      (value, step) => (value === UNKNOWN ? value : (value as Values | undefined)?.[step.replace(/~1/g, "/").replace(/~0/g, "~")]),
      inputs,
    );
}

function propertyOf(error: ErrorObject): string {
  const extra = error.params.missingProperty ?? error.params.additionalProperty;
  const path = error.instancePath.split("/").slice(1);
  return [...path, ...(extra === undefined ? [] : [String(extra)])].join(".");
}

/** What would be right, for the rules whose own wording leaves it open. Values are never repeated: one may be a secret. */
const REASONS: Readonly<Record<string, (params: Record<string, unknown>) => string>> = {
  required: () => "is missing",
  additionalProperties: () => "is not a property of this kind",
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

function reasonOf(error: ErrorObject): string {
  return REASONS[error.keyword]?.(error.params) ?? error.message ?? "is not valid";
}
