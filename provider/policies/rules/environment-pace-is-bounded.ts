import { integer } from "../../../schema/field.js";
import { isProductionPlace, productionWords } from "../production-environment.js";
import { defineRule, setting } from "../rule.js";
import { known } from "../seen.js";

const pace = integer({ minimum: 1, maximum: 10_000 });
const LOCAL = /^(local|localhost|dev|development)\b/i;

export const environmentPaceIsBounded = defineRule({
  name: "environment-pace-is-bounded",
  title: "Tests send no more requests than the place under test bears",
  why: "An unbounded run is an outage of the place that it tests.",
  enforces: ["Q-49", "Q-50"],
  level: "advisory",
  alone: "Environment",
  settings: {
    words: productionWords,
    production: setting(pace, 5),
    local: setting(pace, 50),
    others: setting(pace, 20),
  },
  check: (view, { settings: { words, production, local, others } }) =>
    view.of("Environment").flatMap((environment) => {
      const name = known(environment.inputs.name);
      const constraints = environment.inputs.constraints ?? {};
      if (name === undefined || typeof constraints !== "object") return [];
      const most = isProductionPlace(name, words) ? production : LOCAL.test(name) ? local : others;
      const now: unknown = constraints.maxRequestsPerSecond;
      if (now !== undefined && (typeof now !== "number" || now <= most)) return [];
      return [
        {
          object: environment,
          property: "constraints.maxRequestsPerSecond",
          what: now === undefined ? "has no bound on requests per second" : `takes ${now} requests per second, more than ${most}`,
          advice: `Write \`maxRequestsPerSecond: ${most}\` in its constraints.`,
        },
      ];
    }),
  example: {
    bad: `
projects:
  shop: { name: Shop, environments: { staging: { baseUrl: "https://staging.shop.acme.example", constraints: { maxRequestsPerSecond: 500 } } } }`,
    good: `
projects:
  shop:
    name: Shop
    launch: { owner: lin@acme.example }
    environments: { staging: { baseUrl: "https://staging.shop.acme.example", constraints: { maxRequestsPerSecond: 20 } } }`,
  },
});
