import { list, oneOf, ref } from "../field.js";
import { defineKind, type Problem } from "../kind.js";

/** Which model answers a class of requests in a project, and which ones stand in for it. */
export const routingTier = defineKind("RoutingTier", {
  path: "/projects/{project}/tiers",
  key: ["tier"],
  about: "availability",
  stackFile: [{ under: "Project", at: ["routing", "tiers"], keyField: "tier", shorthand: "model" }],
  fields: {
    /** Project whose requests are routed. Changing it replaces the tier. */
    project: ref("Project", { replace: true }),
    /** Class of requests. Changing it replaces the tier. */
    tier: oneOf(["simple", "medium", "complex", "private"], { replace: true }),
    /** Identifier of the model that answers; it must be registered. */
    model: ref("Model", { by: "identifier" }),
    /** Identifiers of the models that stand in, in order. */
    fallbacks: list(ref("Model", { by: "identifier" }), { optional: true }),
  },
  rules: (inputs) => {
    const fallbacks = Array.isArray(inputs.fallbacks) ? inputs.fallbacks : [];
    const problems: Problem[] = [];
    if (inputs.model !== undefined && fallbacks.includes(inputs.model)) {
      problems.push({
        property: "fallbacks",
        reason: `names ${String(inputs.model)}, which is the tier's own model: a fallback must differ`,
      });
    }
    if (new Set(fallbacks).size !== fallbacks.length) {
      problems.push({ property: "fallbacks", reason: "names a model twice: keep each once, in the order to try them" });
    }
    return problems;
  },
});
