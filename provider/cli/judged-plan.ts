import { violationsText } from "../report/violations-text.js";
import type { CommandInput } from "./command.js";
import type { OpenStack } from "./engine-stack.js";
import { type GatedOutcome, gated, gatesText } from "./gated.js";
import { plan, planDestroy } from "./plan.js";
import { failuresText } from "./render.js";

export interface PlanQuestion extends Pick<CommandInput, "console" | "refresh"> {
  /** The plan of the end of the stack. */
  readonly destroy?: boolean;
  readonly planFile?: string;
}

/** The full plan of a stack, or of its end, with what the guardrails and the gates say of it. Reads only. */
export async function judgedPlan(stack: OpenStack, question: PlanQuestion): Promise<GatedOutcome> {
  if (!question.destroy) return gated(stack, await plan(stack, question, question.planFile), "up");
  return gated(stack, { ...(await planDestroy(stack, question)), violations: [] }, "destroy");
}

/** Why a plan is not to be followed. */
export function refusalText({ failures, violations, gates }: GatedOutcome): string {
  return [...failuresText(failures), ...violationsText(violations), ...gatesText(gates)].join("\n");
}
