import type { Concern } from "../../schema/field.js";

/** What a pass may do by itself. */
export interface Policy extends Readonly<Record<Concern, "repair" | "report">> {
  readonly unmanaged: "remove" | "report";
  /** Objects that one pass may change at most. */
  readonly maxChanges: number;
}

/** Who may do what, and what it costs, is for a person to look at before it is put back. */
const WHEN_ABSENT: Policy = {
  security: "report",
  money: "report",
  availability: "repair",
  cosmetic: "repair",
  unmanaged: "report",
  maxChanges: 25,
};

/** The policy that a declaration under `governance.reconcile` states. */
export function policyOf(declared: unknown): Policy {
  const given = typeof declared === "object" && declared !== null ? Object.entries(declared) : [];
  return { ...WHEN_ABSENT, ...Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== null)) };
}
