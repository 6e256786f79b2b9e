import type { KindRules } from "./kind-rules.js";

/** Routing names models by identifier: what it names must be registered and stays registered. */
export const model: KindRules = { unknownCode: "model_not_registered", inUseCode: "model_in_use" };
