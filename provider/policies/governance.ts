import type { RuleSetting } from "../../schema/kinds/governance.js";
import type { Rule, Settings, SettingValues, Violation } from "./rule.js";
import { type Bag, isKnown, known, type SeenObject, type Unknown } from "./seen.js";

export type Level = "advisory" | "mandatory" | "remediate" | "disabled";
export type Preset = "recommended" | "strict" | "audit-only";

export interface Exception {
  readonly rule: string;
  readonly object: string;
  readonly reason: string;
  readonly until: string;
}

/** The rules of the house as the guardrails need them. */
export interface House {
  readonly preset: Preset;
  readonly layout: string | undefined;
  readonly settings: Readonly<Record<string, RuleSetting>>;
  readonly exceptions: readonly Exception[];
}

/** What holds where nobody declares Governance. */
export const DEFAULT_HOUSE: House = { preset: "recommended", layout: undefined, settings: {}, exceptions: [] };

/** The rules of the house that a stack declares. What is unknown yet counts as not declared: strictness never waits. */
export function houseOf(governance: SeenObject<"Governance"> | undefined): House {
  if (governance === undefined) return DEFAULT_HOUSE;
  const { preset, layout, settings, exceptions } = governance.inputs;
  return {
    preset: known(preset) ?? "recommended",
    layout: known(layout),
    settings: known(settings) ?? {},
    exceptions: known(exceptions) ?? [],
  };
}

/** Level of a rule in this house: its own setting, else what the preset makes of it. */
export function levelOf(rule: Rule, house: House): Level {
  const asked = ownLevelOf(rule, house);
  if (asked === "remediate" && rule.fix === undefined) return "mandatory";
  return asked ?? LEVEL_BY_PRESET[house.preset](rule.level);
}

/** Level of one violation of a rule, which may be milder than the rule's: as far as the house does not ask for more. */
export function levelOfViolation(rule: Rule, { onlyAdvice }: Pick<Violation, "onlyAdvice">, house: House): Level {
  const isMild = onlyAdvice === "always" || (onlyAdvice === "unlessAsked" && house.preset !== "strict" && !ownLevelOf(rule, house));
  return isMild ? "advisory" : levelOf(rule, house);
}

function ownLevelOf({ name }: Rule, { settings }: House): Level | undefined {
  const own = settings[name];
  return known<Level>(typeof own === "object" ? own.enforcementLevel : own);
}

const LEVEL_BY_PRESET: Readonly<Record<Preset, (recommended: Level) => Level>> = {
  recommended: (level) => level,
  strict: () => "mandatory",
  "audit-only": () => "advisory",
};

/** Settings of a rule: defaults of the preset, then those of a pack's configuration, then the house's own. */
export function settingsOf(rule: Rule, { preset, settings }: House, configured: Bag = {}): SettingValues<Settings> {
  const own = settings[rule.name];
  const given: Bag = typeof own === "object" ? own : {};
  return Object.fromEntries(
    Object.entries(rule.settings).map(([name, { recommended, strict }]) => [
      name,
      known(given[name]) ?? configured[name] ?? (preset === "strict" ? (strict ?? recommended) : recommended),
    ]),
  );
}

/** The exception that covers an object, today. None covers the rule about exceptions. */
export function exceptionFor({ exceptions }: House, rule: Rule, object: string, today: string): Exception | undefined {
  if (rule.withoutExceptions) return undefined;
  return exceptions.find((one) => one.rule === rule.name && one.object === object && isInForce(one.until, today));
}

function isInForce(until: string | Unknown, today: string): boolean {
  return isKnown(until) && until >= today;
}
