import type { KindRules } from "./kind-rules.js";

/** A project has each tier once, so the tier is its id. */
export const routingTier: KindRules = { idOf: (body) => String(body.tier) };
