import { expect, it } from "vitest";
import { stackEmptied } from "../../provider/gates/gates/stack-emptied.js";
import { found, gateCases } from "./support/gate-cases.js";
import { created, deleted, kept, released } from "./support/plan.js";

const KINDS = ["Project", "Model", "ApiKey", "Budget", "Alert", "Role", "RoutingPolicy", "ProviderCredential"];
const plan = (count: number, gone: number, end = deleted) => ({
  steps: KINDS.slice(0, count).map((kind, index) => (index < gone ? end : kept)(kind, kind, { name: kind })),
});

gateCases(stackEmptied, {
  closes: plan(7, 4),
  object: "stack",
  what: "4 of the 7 objects of the stack are deleted",
  passes: {
    "half of the stack": plan(8, 4),
    "three objects": plan(3, 3),
    "what only leaves the stack": plan(8, 8, released),
    "a destroy": { ...plan(8, 8), operation: "destroy" },
  },
});

it("does not count what is always there, nor what the change makes", () => {
  const steps = [
    ...plan(7, 4).steps,
    deleted("Organization", "organization", { name: "Acme" }),
    kept("SecurityPolicy", "security", {}),
    created("Project", "projects/new", { name: "N" }),
  ];
  expect(found(stackEmptied, { steps })).toMatchObject([{ what: "4 of the 7 objects of the stack are deleted" }]);
});

it("does not count what ends on the day that an earlier run recorded", () => {
  const keys = ["a", "b", "c", "d"].map((name) => deleted("ApiKey", name, { name, expiresAt: "2026-11-21" }));
  expect(found(stackEmptied, { steps: keys })).toEqual([]);
});
