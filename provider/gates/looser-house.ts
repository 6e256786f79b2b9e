import type { LEVELS, PRESETS } from "../../schema/kinds/governance.js";
import { UNKNOWN } from "../../schema/unknown.js";
import type { Values } from "./facts.js";

type Preset = (typeof PRESETS)[number];
type Level = (typeof LEVELS)[number];

/** The strictest first. */
const PRESET_ORDER: readonly Preset[] = ["strict", "recommended", "audit-only"];
const LEVEL_ORDER: readonly Level[] = ["mandatory", "remediate", "advisory", "disabled"];

/** The level that a preset gives a guardrail with none of its own: the strictest and the mildest that it may be. */
const PRESET_LEVELS: Readonly<Record<Preset, { readonly strictest: Level; readonly mildest: Level }>> = {
  strict: { strictest: "mandatory", mildest: "mandatory" },
  recommended: { strictest: "mandatory", mildest: "advisory" },
  "audit-only": { strictest: "advisory", mildest: "advisory" },
};

/** Properties of Governance that say how strict the guardrails are. */
export const STRICTNESS = ["preset", "layout", "settings"] as const;

/**
 * How the rules of the house become less strict, or may: phrases without a final stop. Levels and presets have an order; of a
 * guardrail's other settings nothing tells which way is stricter, so that any change of one counts. What is absent is the default.
 */
export function looserHouse(before: Values, after: Values): readonly string[] {
  const [was, is] = [presetOf(before.preset), presetOf(after.preset)];
  const preset = isMilder(PRESET_ORDER, was, is) ? [`the preset goes from ${was} to ${is}`] : [];
  const hasOtherLayout = before.layout !== undefined && before.layout !== after.layout;
  const layout = hasOtherLayout ? [`the layout ${String(before.layout)} ${changedTo(after.layout)}`] : [];
  return [...preset, ...layout, ...looserSettings({ preset: was, settings: before.settings }, { preset: is, settings: after.settings })];
}

interface Settings {
  readonly preset: Preset;
  /** By guardrail. */
  readonly settings: unknown;
}

function looserSettings(before: Settings, after: Settings): readonly string[] {
  if (after.settings === UNKNOWN) return ["only the apply knows the settings of the guardrails"];
  const [was, is] = [recordOf(before.settings), recordOf(after.settings)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted().flatMap((rule) => {
    const [from, to] = [settingIn(was[rule]), settingIn(is[rule])];
    const hadLevel = from.level ?? PRESET_LEVELS[before.preset].strictest;
    const hasLevel = to.level ?? PRESET_LEVELS[after.preset].mildest;
    const isOwn = from.level !== undefined || to.level !== undefined;
    const level = isOwn && isMilder(LEVEL_ORDER, hadLevel, hasLevel) ? [`${rule} goes from ${levelText(from)} to ${levelText(to)}`] : [];
    const names = [...new Set([...Object.keys(from.others), ...Object.keys(to.others)])].toSorted();
    const changed = names.filter((name) => JSON.stringify(from.others[name]) !== JSON.stringify(to.others[name]));
    return [...level, ...changed.map((name) => `${name} of ${rule} goes from ${shown(from.others[name])} to ${shown(to.others[name])}`)];
  });
}

/** One that only the apply will know may be the mildest. */
function presetOf(value: unknown): Preset {
  return value === UNKNOWN ? "audit-only" : (PRESET_ORDER.find((preset) => preset === value) ?? "recommended");
}

function settingIn(setting: unknown): { readonly level: Level | undefined; readonly others: Values } {
  const { enforcementLevel, ...others } = typeof setting === "string" ? { enforcementLevel: setting } : recordOf(setting);
  const level = enforcementLevel === UNKNOWN ? "disabled" : LEVEL_ORDER.find((one) => one === enforcementLevel);
  return { level, others };
}

function isMilder<T>(order: readonly T[], before: T, after: T): boolean {
  return order.indexOf(after) > order.indexOf(before);
}

function levelText({ level }: { readonly level: Level | undefined }): string {
  return level ?? "the level of the preset";
}

function changedTo(value: unknown): string {
  return value === undefined ? "is no longer chosen" : `becomes ${shown(value)}`;
}

function shown(value: unknown): string {
  if (value === UNKNOWN) return "what only the apply knows";
  return value === undefined ? "its default" : typeof value === "string" ? value : JSON.stringify(value);
}

function recordOf(value: unknown): Values {
  return typeof value === "object" && value !== null ? (value as Values) : {};
}
