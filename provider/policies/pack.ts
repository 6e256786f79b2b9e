import type {
  PolicyConfigSchema,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema.js";
import { kindOfToken } from "../provider-string.js";
import { today as currentDay } from "../today.js";
import { Findings } from "./findings.js";
import { DEFAULT_HOUSE, type House, houseOf, levelOf, settingsOf } from "./governance.js";
import { judgeRule, messageOf, type Verdict } from "./judge.js";
import { policyName, type Variant, variantsOf } from "./policy-names.js";
import { seenResource, seenStack } from "./resources-seen.js";
import { Roll } from "./roll.js";
import type { Rule } from "./rule.js";
import { type Bag, type SeenObject, UNKNOWN } from "./seen.js";
import { StackView } from "./stack-view.js";

const GOVERNANCE = "Governance";

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/**
 * The rules as Pulumi's policies. A policy has one level for its whole life, and Governance says only at run time which it is: each rule
 * is one policy a level. The engine's copy of a stack is dear to read and every policy gets its own: one judges for all of them, and the
 * others are asked only for what they have to tell. Governance is registered before every other object, so that its settings and
 * exceptions are known by then.
 */
export function policiesOf(rules: readonly Rule[], today = currentDay): Policy[] {
  const pass = new Pass(rules, today);
  return [
    pass.judgeOfResource(),
    ...rules.flatMap((rule) => levelsAlone(rule).map((variant) => pass.ofResource(rule, variant))),
    pass.judgeOfStack(),
    ...rules.flatMap((rule) => levelsTogether(rule).map((variant) => pass.ofStack(rule, variant))),
  ];
}

/** Levels at which resources are told of one by one. A rule that compares them tells nothing there, and only answers the roll-call. */
function levelsAlone(rule: Rule): readonly Variant[] {
  return rule.alone === undefined ? [rule.level] : variantsOf(rule);
}

function levelsTogether(rule: Rule): readonly Variant[] {
  return variantsOf(rule).filter((variant) => variant !== "remediate");
}

class Pass {
  readonly #rules: readonly Rule[];
  readonly #today: () => string;
  readonly #roll = new Roll();
  readonly #registered = new Set<string>();
  readonly #told = new Set<string>();
  readonly #alone = new Findings();
  readonly #together = new Findings();
  #house: House = DEFAULT_HOUSE;

  constructor(rules: readonly Rule[], today: () => string) {
    this.#rules = rules;
    this.#today = today;
  }

  /** Takes note of what the program registers, the rules of the house among it, and judges it alone. Tells nothing itself. */
  judgeOfResource(): Policy {
    return {
      name: "resources-are-judged",
      description: "Judges each resource for the other policies.",
      enforcementLevel: "advisory",
      validateResource: (args) => {
        this.#registered.add(args.urn);
        const object = seenResource(args);
        if (object?.kind === GOVERNANCE) this.#house = houseOf(object as SeenObject<typeof GOVERNANCE>);
        for (const rule of this.#rules) if (this.#roll.hasAnswered(rule)) this.#judgeAlone(rule, object);
      },
    };
  }

  /** Judges the whole stack, once for all policies. */
  judgeOfStack(): Policy {
    return {
      name: "stack-is-judged",
      description: "Judges the stack for the other policies.",
      enforcementLevel: "advisory",
      validateStack: ({ resources }) => {
        const view = seenStack(this.#declared(resources));
        const house = houseOf(view.of(GOVERNANCE)[0]);
        this.#together.clear();
        for (const rule of this.#rules) {
          this.#together.add(this.#judged(rule, view, house).filter((verdict) => !this.#told.has(identityOf(verdict))));
        }
      },
    };
  }

  /** Tells what one resource shows alone. The policy of the rule's own name answers the roll-call besides. */
  ofResource(rule: Rule, variant: Variant): Policy {
    const isCalled = () => variant === rule.level && !this.#roll.hasAnswered(rule);
    const fix = variant === "remediate" ? rule.fix : undefined;
    const validateResource = (args: ResourceValidationArgs, report: ReportViolation) => {
      if (isCalled()) {
        this.#roll.answer(rule, args.getConfig<Bag>());
        this.#judgeAlone(rule, seenResource(args));
      }
      const verdicts = this.#alone.take(rule, variant, args.urn);
      for (const verdict of verdicts) this.#told.add(identityOf(verdict));
      tell(verdicts, report);
    };
    return {
      ...describe(rule, variant),
      validateResource: askedWhen(() => isCalled() || this.#alone.has(rule, variant), validateResource),
      ...(fix === undefined ? {} : { remediateResource: (args) => this.#remedied(args, rule, fix) }),
    };
  }

  /** Tells what the stack shows, and no resource alone. */
  ofStack(rule: Rule, variant: Variant): Policy {
    return {
      ...describe(rule, variant),
      validateStack: askedWhen(
        () => this.#together.has(rule, variant),
        (_, report) => tell(this.#together.take(rule, variant), report),
      ),
    };
  }

  /** The engine tells a stack with what is about to be deleted, and with the former names of what is renamed: neither is declared. */
  #declared(resources: readonly PolicyResource[]): readonly PolicyResource[] {
    return this.#registered.size === 0 ? resources : resources.filter(({ urn }) => this.#registered.has(urn));
  }

  #judgeAlone(rule: Rule, object: SeenObject | undefined): void {
    if (object !== undefined && object.kind === rule.alone) this.#alone.add(this.#judged(rule, new StackView([object]), this.#house));
  }

  /** What is to be told of a rule: nothing that is excepted, nor of a rule that the pack's configuration switches off. */
  #judged(rule: Rule, view: StackView, house: House): readonly Verdict[] {
    if (!this.#roll.isOn(rule)) return [];
    const options = { today: this.#today(), configured: this.#roll.configuredOf(rule) };
    return judgeRule(rule, view, house, options).filter(({ exception }) => exception === undefined);
  }

  #remedied(args: ResourceValidationArgs, rule: Rule, fix: NonNullable<Rule["fix"]>): Record<string, unknown> | undefined {
    if (kindOfToken(args.type) !== rule.alone || levelOf(rule, this.#house) !== "remediate") return undefined;
    const object = seenResource(args);
    if (object === undefined || this.#judged(rule, new StackView([object]), this.#house).length === 0) return undefined;
    const inputs: Bag = object.inputs;
    const fixed = fix(inputs, settingsOf(rule, this.#house, this.#roll.configuredOf(rule)));
    // The bag holds what rules never see (`__provider`, unknown values), and all of it must come back: only what is mended is set.
    for (const [name, value] of Object.entries(fixed)) if (value !== inputs[name] && !holdsUnknown(value)) args.props[name] = value;
    return args.props;
  }
}

function holdsUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

function identityOf({ rule, object, what }: Verdict): string {
  return `${rule.name}\n${object.urn}\n${what}`;
}

function tell(verdicts: readonly Verdict[], report: ReportViolation): void {
  for (const verdict of verdicts) report(messageOf(verdict), verdict.object.urn);
}

/** A type that no resource has. */
const NO_TYPE = "none";

/**
 * A validation that the pack skips while it has nothing to do: before it reads the resources, a pack asks each for the type it is for.
 */
function askedWhen<T extends (args: never, report: ReportViolation) => void>(hasToDo: () => boolean, validate: T): T {
  return Object.defineProperty(validate, "__pulumiType", { get: () => (hasToDo() ? undefined : NO_TYPE) });
}

/** Settings have no default here: the engine would give it as configured, and it would win over the one of the house's preset. */
function describe(rule: Rule, variant: Variant) {
  const properties = Object.entries(rule.settings).map(([name, { field }]) => [name, field.schema as PolicyConfigJSONSchema]);
  const configSchema: PolicyConfigSchema = { properties: Object.fromEntries(properties) };
  return {
    name: policyName(rule, variant),
    displayName: rule.title,
    description: `${rule.title}.`,
    enforcementLevel: variant,
    configSchema,
  };
}
