import type { Facts, ObjectStep } from "./facts.js";
import { type HeldObject, holdingsOf } from "./holdings.js";

/** What tells of the use of a project, as far as its control plane does. */
export interface UseOfProject {
  /** Keys of the project that were used at some time, the last used first; those that have ended too. */
  readonly usedKeys: readonly UsedKey[];
  /** What it spent in this calendar month, in US dollars. */
  readonly spentThisMonthUsd: number;
}

export interface UsedKey {
  readonly key: HeldObject;
  /** ISO 8601. */
  readonly lastUsedAt: string;
}

/** What is known of the use of a project that is there. */
export function useOfProject(step: ObjectStep, facts: Facts): UseOfProject {
  const holdings = holdingsOf(facts, step.controlPlane);
  const spent = holdings.find(step.kind, step.before?.id)?.values.totalMonthlySpendUsd;
  const usedKeys = holdings
    .within(step.kind, step.before?.id)
    .flatMap((key) => (typeof key.values.lastUsedAt === "string" ? [{ key, lastUsedAt: key.values.lastUsedAt }] : []))
    .toSorted((a, b) => b.lastUsedAt.localeCompare(a.lastUsedAt));
  return { usedKeys, spentThisMonthUsd: typeof spent === "number" ? spent : 0 };
}
