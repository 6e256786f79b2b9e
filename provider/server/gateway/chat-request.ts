import type { Problem } from "../../../schema/kind.js";
import { isValues } from "../objects/changed-properties.js";
import { invalid } from "../refusal.js";
import type { Values } from "../store/objects.js";
import type { Tokens } from "./price.js";

/** What is needed of a request to a model. */
export interface ChatRequest {
  readonly model: string;
  /** All that was said, for the estimate of its tokens. */
  readonly text: string;
  readonly usage: Tokens | undefined;
  readonly costUsd: number | undefined;
}

/** Reads a request. Properties that a model would understand and we do not are none of our business. Throws all problems at once. */
export function chatRequest(body: Values): ChatRequest {
  const { model, messages = [], usage, costUsd, stream } = body;
  const problems: Problem[] = [];
  if (typeof model !== "string" || model === "")
    problems.push({ property: "model", reason: "is required: the identifier of a model, or tier:NAME" });
  if (!Array.isArray(messages)) problems.push({ property: "messages", reason: "must be a list" });
  if (costUsd !== undefined && !isAmount(costUsd)) problems.push({ property: "costUsd", reason: "must be a number of 0 or more" });
  if (stream === true) problems.push({ property: "stream", reason: "is not offered: leave it out" });
  if (usage !== undefined) problems.push(...usageProblems(usage));
  if (problems.length > 0) throw invalid(problems);
  return {
    model: String(model),
    text: (messages as unknown[]).map(textOf).join(""),
    usage: usage as Tokens | undefined,
    costUsd: costUsd as number | undefined,
  };
}

function usageProblems(usage: unknown): Problem[] {
  const given = isValues(usage) ? usage : {};
  return ["inputTokens", "outputTokens"]
    .filter((name) => !isAmount(given[name]) || !Number.isInteger(given[name]))
    .map((name) => ({ property: `usage.${name}`, reason: "must be a whole number of 0 or more" }));
}

function isAmount(value: unknown): boolean {
  return typeof value === "number" && value >= 0;
}

function textOf(message: unknown): string {
  const content = isValues(message) ? message.content : undefined;
  return typeof content === "string" ? content : JSON.stringify(content ?? "");
}
