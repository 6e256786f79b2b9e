import { defineRule } from "../rule.js";
import { type SeenObject, UNKNOWN } from "../seen.js";
import type { StackView } from "../stack-view.js";

export const oneKeyPerPurpose = defineRule({
  name: "one-key-per-purpose",
  title: "There is one key per project, environment and consumer",
  why: "Two keys for one purpose cannot be told apart in usage, and the forgotten one stays open.",
  enforces: ["O-07", "O-20", "F-22", "A-13", "Q-58"],
  level: "mandatory",
  settings: {},
  check: (view) => {
    const first = new Map<string, SeenObject<"ApiKey">>();
    return view.of("ApiKey").flatMap((key) => {
      const purpose = purposeOf(view, key);
      if (purpose === undefined) return [];
      const other = first.get(purpose.id);
      if (other === undefined) {
        first.set(purpose.id, key);
        return [];
      }
      return [
        {
          object: key,
          property: "consumer",
          what: `serves the same purpose as ${other.name}: ${purpose.text}`,
          advice: "Remove one of them, or name the other service or job in its `consumer`.",
        },
      ];
    });
  },
  example: {
    bad: `
projects:
  checkout: { name: Checkout AI, keys: { a: { environment: staging, consumer: tests }, b: { environment: staging, consumer: tests } } }`,
    good: `
projects:
  checkout:
    name: Checkout AI
    launch: { owner: lin@acme.example }
    keys: { checkout-staging: { environment: staging, consumer: tests }, checkout-dev: { environment: development, consumer: tests } }`,
  },
});

/** Undefined while a part of the purpose is not known, and for a key without an environment, which is another rule's. */
function purposeOf(view: StackView, key: SeenObject<"ApiKey">): { id: string; text: string } | undefined {
  const environment = view.environmentOf(key);
  const project = projectOf(view, key);
  const { consumer } = key.inputs;
  if (typeof environment !== "string" || project === undefined || consumer === UNKNOWN) return undefined;
  const who = consumer?.trim().toLowerCase() ?? "";
  const text = `${environment} of ${project.text} for ${consumer ?? "a consumer that neither names"}`;
  return { id: [key.controlPlane, project.id, environment, who].join("\n"), text };
}

function projectOf(view: StackView, key: SeenObject<"ApiKey">): { id: string; text: string } | undefined {
  const property = key.inputs.project === undefined ? "defaultProject" : "project";
  const declared = view.target(key, property);
  if (declared !== undefined) return { id: declared.urn, text: declared.name };
  const value = key.inputs[property];
  if (value === undefined) return { id: "", text: "no project" };
  return value === UNKNOWN ? undefined : { id: value, text: `project ${value}` };
}
