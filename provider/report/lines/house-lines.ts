import { governance, type LEVELS, type PRESETS } from "../../../schema/kinds/governance.js";
import { UNKNOWN } from "../../../schema/unknown.js";
import type { ObjectStep } from "../../gates/index.js";
import { canonicalJson } from "../canonical-json.js";
import type { SeverityRuleName } from "../severity.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

/** The strictest first. */
const PRESET_ORDER: readonly (typeof PRESETS)[number][] = ["strict", "recommended", "audit-only"];
const LEVEL_ORDER: readonly (typeof LEVELS)[number][] = ["mandatory", "remediate", "advisory", "disabled"];

/** Guardrails that become less strict, or are set otherwise. */
export function houseLines(context: Context): readonly Telling[] {
  return context.changed
    .filter(({ kind }) => kind === governance.name)
    .flatMap((step) =>
      loosened(step).map(
        ({ rule, property, text }): Telling => ({
          line: lineAbout(step, { section: "approvals", rule, text, properties: [property] }, context),
          tells: [{ urn: step.urn, properties: [property] }],
        }),
      ),
    );
}

interface Loosened {
  readonly rule: SeverityRuleName;
  readonly property: string;
  readonly text: string;
}

function loosened({ before, after, operation }: ObjectStep): readonly Loosened[] {
  const [was, is] = [before?.inputs ?? {}, operation === "delete" ? {} : (after ?? before?.inputs ?? {})];
  const [from, to] = [presetOf(was.preset), presetOf(is.preset)];
  const preset =
    rank(PRESET_ORDER, to) > rank(PRESET_ORDER, from)
      ? [{ rule: "guardrails-loosened" as const, property: "preset", text: `the guardrails become less strict: ${from} → ${to}` }]
      : [];
  return [...preset, ...loosenedRules(was.settings, is.settings)];
}

function loosenedRules(before: unknown, after: unknown): readonly Loosened[] {
  const [was, is] = [recordOf(before), recordOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted();
  return names.flatMap((name): Loosened[] => {
    const property = `settings.${name}`;
    const [from, to] = [levelIn(was[name]), levelIn(is[name])];
    // Without a level of its own a guardrail has what the preset gives it, which is at most mandatory.
    const isLooser =
      rank(LEVEL_ORDER, to ?? "mandatory") > rank(LEVEL_ORDER, from ?? "mandatory") || (to === undefined && from === "mandatory");
    if (isLooser) {
      const levels = [from, to].map((level) => level ?? "level of the preset").join(" → ");
      return [{ rule: "guardrails-loosened", property, text: `the guardrail ${name} becomes less strict: ${levels}` }];
    }
    const isSame = canonicalJson(ownSettings(was[name])) === canonicalJson(ownSettings(is[name]));
    return isSame ? [] : [{ rule: "guardrail-set-otherwise", property, text: `the guardrail ${name} is set otherwise` }];
  });
}

/** What a guardrail is set to besides its level. */
function ownSettings(setting: unknown): Readonly<Record<string, unknown>> {
  const { enforcementLevel: _, ...own } = recordOf(setting);
  return own;
}

/** One that only the apply will know may be the mildest. */
function presetOf(value: unknown): string {
  return value === UNKNOWN ? "audit-only" : typeof value === "string" ? value : "recommended";
}

function levelIn(setting: unknown): string | undefined {
  if (setting === UNKNOWN) return "disabled";
  const level = typeof setting === "object" && setting !== null ? recordOf(setting).enforcementLevel : setting;
  return typeof level === "string" ? level : undefined;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function rank(order: readonly string[], word: string): number {
  return order.indexOf(word);
}
