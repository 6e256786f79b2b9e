import { defineRule } from "../rule.js";
import type { SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

export const keyHasAnEnvironment = defineRule({
  name: "key-has-an-environment",
  title: "A key has an environment class, its own or its project's",
  why: "Of a key without an environment nobody can say whether production depends on it, so no rule protects it.",
  enforces: ["O-07", "A-13", "Q-58"],
  level: "mandatory",
  alone: "ApiKey",
  settings: {},
  check: (view) =>
    view
      .of("ApiKey")
      .filter((key) => view.environmentOf(key) === undefined)
      .map((key) => ({
        object: key,
        property: "environment",
        what:
          view.projectOf(key) === undefined
            ? "has no environment, and no project to take it from"
            : "has no environment, and neither has its project",
        advice: `Write \`environment: production\` (or development, staging, other) on ${placesOf(view, key).join(", or on ")}.`,
      })),
  example: {
    bad: "projects: { checkout: { name: Checkout AI, keys: { checkout-api: { consumer: checkout-api } } } }",
    good: `
projects:
  checkout: { name: Checkout AI, launch: { owner: lin@acme.example }, keys: { checkout-dev: { environment: development, consumer: tests } } }`,
  },
});

/** Where the system of a key keeps its environment. */
function placesOf(view: StackView, key: SeenObject<"ApiKey">): readonly string[] {
  const project = view.projectOf(key);
  const onKey = view.offers(key, "environment") ? ["the key"] : [];
  return project === undefined || !view.offers(project, "environment") ? onKey : [...onKey, "its project where that is one environment"];
}
