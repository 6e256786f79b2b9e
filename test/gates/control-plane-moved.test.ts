import { expect, it } from "vitest";
import { controlPlaneMoved } from "../../provider/gates/gates/control-plane-moved.js";
import { found, gateCases } from "./support/gate-cases.js";
import { created, deleted, kept, plane } from "./support/plan.js";

const project = kept("Project", "projects/a", { name: "A" });
const here = { url: "https://one.example", credentials: '{"token":{"env":"GATEHOUSE_TOKEN"}}' };

gateCases(controlPlaneMoved, {
  closes: { steps: [plane(here, { ...here, url: "https://two.example" }), project] },
  object: "main",
  what: "the stack holds objects there, and its address changes",
  passes: {
    "a stack that holds nothing yet": {
      steps: [plane(here, { ...here, url: "https://two.example" }), created("Project", "projects/a", { name: "A" })],
    },
    "a control plane that stays": { steps: [plane(here, here, "same"), project] },
    "another way to the same one": { steps: [plane({ ...here, transport: "dashboard" }, { ...here, transport: "api" }), project] },
    "an address where a person was the way until now": {
      steps: [plane({ transport: "dashboard" }, { ...here, transport: "api" }), project],
    },
    "the end of it with all that is on it": { steps: [plane(here, undefined, "delete"), deleted("Project", "projects/a", { name: "A" })] },
    "rules of the house, which stand nowhere": {
      steps: [plane(here, { ...here, url: "https://two.example" }), kept("Governance", "governance", { preset: "strict" })],
    },
  },
});

it.each([
  ["its system changes", { system: "floopy" }],
  ["its credentials are taken from elsewhere", { credentials: '{"token":{"env":"GATEHOUSE_OTHER"}}' }],
  ["it becomes a rehearsal, or stops being one", { transport: "rehearsal" }],
])("stops when %s", (what, change) => {
  const steps = [plane(here, { ...here, ...change }), project];
  expect(found(controlPlaneMoved, { steps })).toEqual([{ object: "main", what: `the stack holds objects there, and ${what}` }]);
});

it("stops when objects that are there are declared on a control plane that is new", () => {
  expect(found(controlPlaneMoved, { steps: [plane(undefined, here, "create"), project] })).toHaveLength(1);
});

it("stops another address and other credentials where a person becomes the way, and where one was", () => {
  const elsewhere = { url: "https://two.example", credentials: '{"token":{"env":"GATEHOUSE_OTHER"}}' };
  const both = "the stack holds objects there, and its address changes, its credentials are taken from elsewhere";
  const moved = (before: object, after: object) =>
    found(controlPlaneMoved, { steps: [plane({ ...here, ...before }, { ...elsewhere, ...after }), project] });
  expect(moved({ transport: "api" }, { transport: "dashboard" })).toEqual([{ object: "main", what: both }]);
  expect(moved({ transport: "dashboard" }, { transport: "api" })).toEqual([{ object: "main", what: both }]);
  expect(found(controlPlaneMoved, { steps: [plane({ ...here, transport: "api" }, { transport: "dashboard" }), project] })).toEqual([]);
});
