import type { KindRules } from "./kind-rules.js";

/** There is one limit for each environment, so the environment is its id. */
export const environmentLimit: KindRules = { idOf: (body) => String(body.environment) };
