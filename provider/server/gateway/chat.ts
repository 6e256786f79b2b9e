import { randomUUID } from "node:crypto";
import { refuseOverBudget, settleBudgets } from "./budgets.js";
import type { Call, Gateway } from "./call.js";
import { refuseOverCap, rememberReachedCaps } from "./caps.js";
import type { ChatRequest } from "./chat-request.js";
import { findKey } from "./find-key.js";
import { findModel } from "./find-model.js";
import { findProject } from "./find-project.js";
import { priceUsd, tokensOf } from "./price.js";
import { refuseOverRate } from "./rates.js";
import { raiseSpendAlerts } from "./spend-alerts.js";

interface Incoming {
  readonly token: string;
  readonly address: string;
  /** Value of the profile's project header. */
  readonly projectHeader: string | undefined;
  readonly request: ChatRequest;
}

/** Serves a request to a model, or refuses it, in the order in which the rules count. The answer is made up; the booking is real. */
export function chat(gateway: Gateway, { token, address, projectHeader, request }: Incoming) {
  const { key, credential } = findKey(gateway, token, address);
  const project = findProject(gateway, key, projectHeader);
  const environment = (key.body.environment ?? project.body.environment) as string | undefined;
  const call: Call = { key, project, environment };
  const model = findModel(gateway, call, request.model);
  refuseOverRate(gateway, call);
  refuseOverCap(gateway, call);
  refuseOverBudget(gateway, call);

  const content = `This is the embedded control plane answering for ${model.identifier}.`;
  const tokens = request.usage ?? { inputTokens: tokensOf(request.text), outputTokens: tokensOf(content) };
  const costUsd = request.costUsd ?? priceUsd(model.entry, tokens);
  const { store, now } = gateway;
  store.transaction(() => {
    store.usage.book({ at: now, key: key.id, project: project.id, environment, model: model.identifier, ...tokens, costUsd });
    store.credentials.markUsed(credential, now);
    rememberReachedCaps(gateway, call);
    settleBudgets(gateway, call);
    raiseSpendAlerts(gateway, call);
  });
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: "chat.completion",
    created: Math.floor(now.getTime() / 1000),
    model: model.identifier,
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: {
      prompt_tokens: tokens.inputTokens,
      completion_tokens: tokens.outputTokens,
      total_tokens: tokens.inputTokens + tokens.outputTokens,
    },
    gatehouse: { project: project.id, ...(environment !== undefined && { environment }), costUsd },
  };
}
