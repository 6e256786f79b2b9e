import type {
  PolicyConfigSchema,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema.js";
import { kindOfToken, typeToken } from "../provider-string.js";
import { DEFAULT_HOUSE, type House, houseOf, levelOf, settingsOf } from "./governance.js";
import { type JudgeOptions, judgeRule, judgeTogether, messageOf, type Verdict } from "./judge.js";
import { policyName, type Variant, variantsOf } from "./policy-names.js";
import { seenResource, seenStack } from "./resources-seen.js";
import { Rounds } from "./rounds.js";
import type { Rule } from "./rule.js";
import { type Bag, type SeenObject, UNKNOWN } from "./seen.js";
import { StackView } from "./stack-view.js";

const GOVERNANCE = "Governance";

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/**
 * The rules as Pulumi's policies. A policy has one level for its whole life, and Governance says only at run time which it is: each rule
 * is one policy a level, of which the house's speaks. Governance is registered before every other object, so that its settings and
 * exceptions are known by then.
 */
export function policiesOf(rules: readonly Rule[], today = () => new Date().toISOString().slice(0, 10)): Policy[] {
  const pass = new Pass(today);
  return [pass.registrar(), ...rules.flatMap((rule) => variantsOf(rule).flatMap((variant) => pass.policies(rule, variant)))];
}

class Pass {
  readonly #today: () => string;
  readonly #views = new Rounds<StackView>();
  readonly #registered = new Set<string>();
  #house: House = DEFAULT_HOUSE;

  constructor(today: () => string) {
    this.#today = today;
  }

  /** Takes note of what the program registers, the rules of the house among it. Finds nothing itself. */
  registrar(): Policy {
    return {
      name: "governance-is-read",
      description: "Takes the settings and exceptions of Governance to the other policies.",
      enforcementLevel: "advisory",
      validateResource: (args) => {
        this.#registered.add(args.urn);
        const object = kindOfToken(args.type) === GOVERNANCE ? seenResource(args) : undefined;
        if (object !== undefined) this.#house = houseOf(object as SeenObject<typeof GOVERNANCE>);
      },
    };
  }

  /** The engine tells a stack with what is about to be deleted, and with the former names of what is renamed: neither is declared. */
  #declared(resources: readonly PolicyResource[]): readonly PolicyResource[] {
    return this.#registered.size === 0 ? resources : resources.filter(({ urn }) => this.#registered.has(urn));
  }

  policies(rule: Rule, variant: Variant): Policy[] {
    const together: Policy[] = variant === "remediate" ? [] : [this.#ofStack(rule, variant)];
    return rule.alone === undefined ? together : [this.#ofResource(rule, rule.alone, variant), ...together];
  }

  #ofResource(rule: Rule, kind: string, variant: Variant): Policy {
    const find = (args: ResourceValidationArgs, house: House) => {
      const object = seenResource(args);
      if (object === undefined) return [];
      return this.#spoken(judgeRule(rule, new StackView([object]), house, this.#options(args)), variant);
    };
    const fix = variant === "remediate" ? rule.fix : undefined;
    return {
      ...describe(rule, policyName(rule, variant, false), variant),
      validateResource: ofKind(kind, (args, report) => tell(find(args, this.#house), report)),
      ...(fix === undefined ? {} : { remediateResource: (args) => this.#remedied(args, kind, rule, fix, find(args, this.#house)) }),
    };
  }

  #ofStack(rule: Rule, variant: Variant): Policy {
    const name = policyName(rule, variant, true);
    return {
      ...describe(rule, name, variant),
      validateStack: (args, report) => {
        const view = this.#views.shared(name, () => seenStack(this.#declared(args.resources)));
        const house = houseOf(view.of("Governance")[0]);
        tell(this.#spoken(judgeTogether(rule, view, house, this.#options(args)), variant), report);
      },
    };
  }

  #options(args: { getConfig<T extends object>(): T }): JudgeOptions {
    return { today: this.#today(), configured: args.getConfig<Bag>() };
  }

  /** What this variant of the policy is to tell: of its level, and not excepted. */
  #spoken(verdicts: readonly Verdict[], variant: Variant): readonly Verdict[] {
    return verdicts.filter(({ level, exception }) => level === variant && exception === undefined);
  }

  #remedied(
    args: ResourceValidationArgs,
    kind: string,
    rule: Rule,
    fix: NonNullable<Rule["fix"]>,
    verdicts: readonly Verdict[],
  ): Record<string, unknown> | undefined {
    if (verdicts.length === 0 || kindOfToken(args.type) !== kind || levelOf(rule, this.#house) !== "remediate") return undefined;
    const inputs = (verdicts[0]?.object.inputs ?? {}) as Bag;
    const fixed = fix(inputs, settingsOf(rule, this.#house, args.getConfig<Bag>()));
    // The bag holds what rules never see (`__provider`, unknown values), and all of it must come back: only what is mended is set.
    for (const [name, value] of Object.entries(fixed)) if (value !== inputs[name] && !holdsUnknown(value)) args.props[name] = value;
    return args.props;
  }
}

function holdsUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

function tell(verdicts: readonly Verdict[], report: ReportViolation): void {
  for (const verdict of verdicts) report(messageOf(verdict), verdict.object.urn);
}

type Validation = (args: ResourceValidationArgs, report: ReportViolation) => void;

/** Lets the pack skip resources of other types before it reads them. */
function ofKind(kind: string, validate: Validation): Validation {
  return Object.assign(validate, { __pulumiType: typeToken(kind) });
}

function describe(rule: Rule, name: string, variant: Variant) {
  const properties = Object.entries(rule.settings).map(([setting, { field, recommended }]) => [
    setting,
    { ...field.schema, default: recommended } as PolicyConfigJSONSchema,
  ]);
  const configSchema: PolicyConfigSchema = { properties: Object.fromEntries(properties) };
  return {
    name,
    displayName: rule.title,
    description: `${rule.title}.`,
    enforcementLevel: variant,
    configSchema,
  };
}
