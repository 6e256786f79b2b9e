import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { JsonSchema } from "../schema/field.js";
import type { Problem } from "../schema/kind.js";
import { hasUnknown } from "../schema/unknown.js";
import { GATES } from "./gates/gates/index.js";
import type { Rule } from "./policies/rule.js";
import { RULES } from "./policies/rules/index.js";
import { messageOf } from "./stackfile/messages.js";
import { didYouMean } from "./stackfile/nearest.js";

const README = "the README lists them";

let validator: ValidateFunction | undefined;

/**
 * What is wrong with Governance beyond its own schema: guardrails, settings and gates that there are none of, and settings of another
 * type. The kind cannot know them, since guardrails and gates are made of kinds. Unknown values pass.
 */
export function governanceProblems(governance: Readonly<Record<string, unknown>>): readonly Problem[] {
  validator ??= compile();
  const errors = validator(governance) ? [] : (validator.errors ?? []);
  return [
    ...errors.filter(({ keyword, data }) => keyword === "additionalProperties" || !hasUnknown(data)).map(settingProblem),
    ...namesIn(governance, "exceptions", "rule", EXCEPTABLE, "is no guardrail that can have an exception"),
    ...namesIn(governance, "approvals", "gate", GATE_NAMES, "is no gate"),
  ];
}

const EXCEPTABLE = RULES.filter(({ withoutExceptions }) => !withoutExceptions).map(({ name }) => name);
const GATE_NAMES = GATES.map(({ name }) => name);

function compile(): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
  addFormats.default(ajv);
  const settings = Object.fromEntries(RULES.map((rule) => [rule.name, settingsSchema(rule)]));
  return ajv.compile({ properties: { settings: { properties: settings, additionalProperties: false } } });
}

/** Schema of the settings of one guardrail. Its level is a matter of the kind. */
function settingsSchema({ settings }: Rule): JsonSchema {
  const own = Object.entries(settings).map(([name, { field }]) => [name, field.schema]);
  return { properties: { enforcementLevel: {}, ...Object.fromEntries(own) }, additionalProperties: false };
}

function settingProblem(error: ErrorObject): Problem {
  const extra: unknown = error.params.additionalProperty;
  const path = error.instancePath.split("/").slice(1);
  const known = Object.keys((error.parentSchema as { readonly properties?: object }).properties ?? {});
  if (typeof extra !== "string") return { property: path.join("."), reason: messageOf(error) };
  const isRule = path.length === 1;
  const reason = isRule
    ? `is no guardrail${didYouMean(extra, known, `: ${README}`)}`
    : `is no setting of ${path.at(-1)}${didYouMean(extra, known, `: it may be ${known.join(", ")}`)}`;
  return { property: [...path, extra].join("."), reason };
}

/** Entries of a list that name something there is none of. */
function namesIn(
  governance: Readonly<Record<string, unknown>>,
  list: string,
  member: string,
  known: readonly string[],
  what: string,
): readonly Problem[] {
  const entries = governance[list];
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry, index): readonly Problem[] => {
    const name: unknown = entry?.[member];
    if (typeof name !== "string" || hasUnknown(name) || known.includes(name)) return [];
    return [{ property: `${list}.${index}.${member}`, reason: `${what}${didYouMean(name, known, `: ${README}`)}` }];
  });
}
