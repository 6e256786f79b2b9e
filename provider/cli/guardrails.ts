import { fileURLToPath } from "node:url";
import { EXIT } from "../errors.js";
import { declaredView } from "../policies/declared-view.js";
import { judge, type Verdict } from "../policies/judge.js";
import { RULES } from "../policies/rules/index.js";
import type { Sources } from "../report/views.js";
import { type Place, stops, type ToldViolation, toldViolations } from "../report/violations.js";
import { positionOf } from "../stackfile/index.js";
import type { RunOutcome } from "./engine-run.js";
import type { Target } from "./target.js";

/** Our policy pack, as the engine starts it. */
const POLICY_PACK = fileURLToPath(new URL("../policies/main.js", import.meta.url));

/** Option of the engine for every plan and every run: the same pack in both, or the run would not be the one that was judged. */
export const WITH_GUARDRAILS = { policyPacks: [POLICY_PACK] };

/** A run with what the guardrails say of it. */
export interface GuardedOutcome extends RunOutcome {
  readonly violations: readonly ToldViolation[];
  /** From what the declared properties take their values. Absent where nothing is declared, and where the plan failed. */
  readonly sources?: Sources;
}

/** Adds what the guardrails say. A violation of a mandatory one stops the run, whatever else there is. */
export function guarded(target: Target, outcome: RunOutcome, today: string): GuardedOutcome {
  const violations = toldViolations(declaredVerdicts(target, today), outcome.policyEvents, placeIn(target));
  const isStopped = outcome.exitCode === EXIT.fine && violations.some(stops);
  return { ...outcome, violations, exitCode: isStopped ? EXIT.stopped : outcome.exitCode };
}

/** What our own judgement finds in a stack file; a program's objects are known to the engine alone. */
export function declaredVerdicts(target: Target, today: string): readonly Verdict[] {
  return target.form === "stackFile" ? judge(RULES, declaredView(target.stack), { today }) : [];
}

/** Where an object, or one property of it, stands in the stack file. */
export function placeIn(target: Target): (name: string, property: string | undefined) => Place | undefined {
  if (target.form !== "stackFile") return () => undefined;
  const { declarations, ended } = target.stack;
  const byName = new Map([...declarations, ...ended.declarations].map((declaration) => [declaration.name, declaration]));
  return (name, property) => {
    const declaration = byName.get(name);
    return declaration && positionOf(declaration, property ?? "");
  };
}
