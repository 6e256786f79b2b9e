import { CONCERNS, type Concern } from "../../../schema/field.js";
import { kindNamed } from "../../../schema/kinds/index.js";
import type { ObjectStep } from "../../gates/index.js";
import { classOfProperty, worst } from "../../plan/change-class.js";
import type { PropertyChange } from "../../plan/changes.js";
import { type SeverityRuleName, severityBy } from "../severity.js";
import { someOf } from "../some-of.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling, ToldSoFar } from "./telling.js";

const WORDS = {
  create: "is created",
  adopt: "is there already and is managed from now on",
  update: "changes",
  replace: "is replaced",
  delete: "is deleted",
  release: "leaves the stack and stays at the control plane",
} as const satisfies Record<Exclude<ObjectStep["operation"], "same">, string>;

const RULES: Readonly<Record<Concern, SeverityRuleName>> = {
  security: "security-changed",
  money: "money-changed",
  availability: "availability-changed",
  cosmetic: "other",
};

/** One line for each object of which something is left to tell; what is most at stake gives the severity and stands first. */
export function restLines(context: Context, told: ToldSoFar): readonly Telling[] {
  const asIs = context.changed.filter(isTakenAsIs);
  const together = asIs.length > 1 ? [togetherLine(asIs)] : [];
  return [...together, ...ownLines(context, told, together.length > 0 ? new Set(asIs) : new Set())];
}

/** What is taken over exactly as it is, however much it is, changes nothing for anybody. */
function isTakenAsIs({ operation, before, properties }: ObjectStep): boolean {
  return operation === "adopt" && before !== undefined && properties.length === 0;
}

function togetherLine(steps: readonly ObjectStep[]): Telling {
  const counts = [...Map.groupBy(steps, ({ kind }) => kind)].map(([kind, ones]) => `${ones.length} ${kind}`);
  const text = `${steps.length} objects are there already as they are declared, and are managed from now on`;
  return { line: { section: "rest", severity: severityBy("other"), text, values: [], details: [counts.join(", ")] }, tells: [] };
}

function ownLines(context: Context, told: ToldSoFar, without: ReadonlySet<ObjectStep>): readonly Telling[] {
  return context.changed.flatMap((step): Telling[] => {
    if (step.operation === "same" || without.has(step) || told.isWhole(step)) return [];
    const left = told.left(step);
    const properties = worstFirst(step, left);
    const names = [...new Set(properties.map((property) => property.split(".")[0] ?? property))];
    const more = step.operation === "update" && names.length > 0 ? `: ${someOf(names)}` : "";
    const text = `${step.kind} ${step.name} ${WORDS[step.operation]}${more}`;
    return [{ line: lineAbout(step, { section: "rest", rule: ruleOf(step, left), text, properties }, context), tells: [] }];
  });
}

/** What is new has no former state to get worse than: it counts as what its kind is about. */
function ruleOf(step: ObjectStep, left: readonly PropertyChange[]): SeverityRuleName {
  if (step.before === undefined) return kindNamed(step.kind)?.about === "security" ? "security-added" : "other";
  if (step.after === undefined) return "other";
  return RULES[worst(left.map((change) => classOf(step, change))) ?? "cosmetic"];
}

function worstFirst(step: ObjectStep, changes: readonly PropertyChange[]): readonly string[] {
  const classed = changes.map((change) => ({ property: change.property, rank: CONCERNS.indexOf(classOf(step, change)) }));
  return classed.toSorted((a, b) => a.rank - b.rank).map(({ property }) => property);
}

function classOf({ kind }: ObjectStep, { property, before, after }: PropertyChange): Concern {
  const described = kindNamed(kind);
  return described === undefined ? "cosmetic" : classOfProperty(described, property, before, after);
}
