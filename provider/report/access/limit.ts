/** Something that bounds what a subject can do, or says how far it reaches. */
export interface Limit {
  /** What is bounded: `USD per hour`, `requests per minute`, `models`. */
  readonly what: string;
  /**
   * How two values compare. `ceiling`: less is stricter. `only`: a list of what is allowed, all when absent. `never`: a list of what is
   * not. `until`: a day, without end when absent. `reach`: a list of what can be reached, nothing when absent. `lifted`: a limit of
   * somebody else's that does not hold here.
   */
  readonly rule: "ceiling" | "only" | "never" | "until" | "reach" | "lifted";
  /** Undefined when only an apply will know it: it may then be no limit at all. */
  readonly value: number | string | readonly string[] | undefined;
  /** What happens at it, where that is not a plain refusal: `warn`, `revoke`. */
  readonly effect?: string | undefined;
  /** Where it comes from: `key`, `environment production`, `budget team`. */
  readonly from: string;
  /** Model it is about, so that a key can replace it. */
  readonly model?: string | undefined;
}

/** Which way one side differs from the other: wider, narrower, both, or neither. */
export interface Difference {
  readonly wider: boolean;
  readonly narrower: boolean;
}

/** What an effect leaves of access, the mildest first. A plain refusal is in the middle. */
const EFFECTS: readonly string[] = ["warn", "block", "revoke"];

/** How the limits after differ from those before. Limits are the same one when they bound the same thing and come from the same place. */
export function differenceOfLimits(before: readonly Limit[], after: readonly Limit[]): Difference {
  if (before === after) return { wider: false, narrower: false };
  const was = byIdentity(before);
  const is = byIdentity(after);
  const ids = [...new Set([...was.keys(), ...is.keys()])];
  return {
    wider: ids.some((id) => isLooser(is.get(id), was.get(id))),
    narrower: ids.some((id) => isLooser(was.get(id), is.get(id))),
  };
}

function byIdentity(limits: readonly Limit[]): ReadonlyMap<string, Limit> {
  return new Map(limits.map((limit) => [`${limit.rule}\n${limit.what}\n${limit.from}`, limit]));
}

/** True when one limit lets something through that the other does not. An absent limit, and an unknown one, is none. */
function isLooser(one: Limit | undefined, other: Limit | undefined): boolean {
  const rule = (one ?? other)?.rule;
  return rule !== undefined && LOOSER[rule](one, other);
}

const LOOSER: Readonly<Record<Limit["rule"], (one: Limit | undefined, other: Limit | undefined) => boolean>> = {
  ceiling: (one, other) =>
    numberOf(one) > numberOf(other) ||
    (numberOf(one) !== Number.POSITIVE_INFINITY && numberOf(other) !== Number.POSITIVE_INFINITY && rankOf(one) < rankOf(other)),
  only: (one, other) => listOf(other) !== undefined && (listOf(one) === undefined || adds(listOf(one), listOf(other))),
  never: (one, other) => adds(listOf(other), listOf(one)),
  until: (one, other) => dayOf(one) > dayOf(other),
  reach: (one, other) => adds(listOf(one), listOf(other)),
  lifted: (one, other) => one !== undefined && other === undefined,
};

function numberOf(limit: Limit | undefined): number {
  return typeof limit?.value === "number" ? limit.value : Number.POSITIVE_INFINITY;
}

function rankOf(limit: Limit | undefined): number {
  return EFFECTS.indexOf(limit?.effect ?? "block");
}

function dayOf(limit: Limit | undefined): string {
  return typeof limit?.value === "string" ? limit.value : "9999-12-31";
}

function listOf(limit: Limit | undefined): readonly string[] | undefined {
  return Array.isArray(limit?.value) ? (limit.value as readonly string[]) : undefined;
}

function adds(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  const there = new Set(other);
  return (one ?? []).some((entry) => !there.has(entry));
}

/** A limit in words: `25 USD per hour (key)`. */
export function limitText({ what, rule, value, effect, from }: Limit): string {
  const shown = value === undefined ? "known after apply" : Array.isArray(value) ? value.join(", ") || "none" : String(value);
  const at = effect === undefined || effect === "block" ? "" : `, then ${effect}`;
  return `${TEXT[rule](what, shown)}${at} (${from})`;
}

const TEXT: Readonly<Record<Limit["rule"], (what: string, value: string) => string>> = {
  ceiling: (what, value) => `${value} ${what}`,
  only: (what, value) => `only ${what} ${value}`,
  never: (what, value) => `no ${what} ${value}`,
  until: (_what, value) => `until ${value}`,
  reach: (what, value) => `${what}: ${value}`,
  lifted: (what) => `without the ${what}`,
};
