import type { SystemSamples } from "./sample.js";

export const FLOOPY: SystemSamples = {
  further: {
    // The one kind whose calls are documented, beside named rules.
    "RoutingPolicy without a name": {
      kind: "RoutingPolicy",
      inputs: { constraints: { maxRegression: { value: 0.1, window: "rolling_7d" }, confidenceThreshold: 0.9 } },
      change: { constraints: { maxRegression: { value: 0.2, window: "rolling_24h" }, requireShadowBeforeLive: true } },
      another: {},
    },
  },
};
