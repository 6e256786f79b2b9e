import { defineRule, type Violation } from "../rule.js";

const SMART_ROUTING = /(^|[/\s])smart[-_ ]?routing($|[/\s?#])/i;

export const smartRoutingIsNotAssumed = defineRule({
  name: "smart-routing-is-not-assumed",
  title: "Nothing relies on AnyInt's smart routing",
  why: "AnyInt publishes no contract for smart routing: what answers there today may not tomorrow.",
  enforces: ["A-58"],
  level: "mandatory",
  settings: {},
  check: (view) => [
    ...view
      .of("Model")
      .filter(({ inputs }) => namesIt(inputs.endpoint) && isOfAnyInt(inputs.endpoint, inputs.provider))
      .map(
        (model): Violation => ({
          object: model,
          property: "endpoint",
          what: "calls smart routing",
          advice: "Name the path of a model family.",
        }),
      ),
    ...view
      .of("ApiKey")
      .filter((key) => key.system === "anyint" && namesIt(key.inputs.routingRule))
      .map(
        (key): Violation => ({
          object: key,
          property: "routingRule",
          what: "is routed by smart routing",
          advice: "Name a model or a routing group of the dashboard in `routingRule`.",
        }),
      ),
  ],
  example: {
    bad: `
models: { auto: { provider: anyint, identifier: auto, endpoint: "https://gateway.anyint.example/smart-routing/v1" } }`,
    good: `
models: { small: { provider: anyint, identifier: gpt-5-mini, endpoint: "https://gateway.anyint.example/openai/v1" } }`,
  },
});

function namesIt(value: unknown): boolean {
  return typeof value === "string" && SMART_ROUTING.test(value);
}

function isOfAnyInt(endpoint: unknown, provider: unknown): boolean {
  return provider === "anyint" || (typeof endpoint === "string" && /\banyint\b/i.test(endpoint));
}
