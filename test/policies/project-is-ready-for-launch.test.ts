import { expect, it } from "vitest";
import { projectIsReadyForLaunch } from "../../provider/policies/rules/project-is-ready-for-launch.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(projectIsReadyForLaunch, {
  passes: `
projects:
  checkout:
    name: Checkout
    launch: { keyOwner: lin@acme.example, workload: chat, expectedMonthlyUsd: 0, escalationContact: "#checkout" }
  pilot: { name: Pilot, status: archived }`,
  fails: "projects: { checkout: { name: Checkout, launch: { keyOwner: lin@acme.example, workload: chat } } }",
  message:
    "Project projects/checkout (launch) does not say expectedMonthlyUsd, escalationContact. Whoever is woken by a project must know without asking what it does, what it should cost and who decides. Write `expectedMonthlyUsd:`, `escalationContact:` under `launch`.",
  unknown: ["projects/checkout#launch"],
});

it("project-is-ready-for-launch stops a run only in a strict house", () => {
  const judged = (preset: string) =>
    told(projectIsReadyForLaunch, viewOf(`projects: { checkout: { name: Checkout } }\ngovernance: { preset: ${preset} }`))[0];
  expect(judged("recommended")).toMatch(/^advisory: .* does not say keyOwner, workload, expectedMonthlyUsd, escalationContact\./);
  expect(judged("strict")).toMatch(/^mandatory: /);
});

it("project-is-ready-for-launch tells what is known to be missing beside what is unknown", () => {
  const view = viewOf("projects: { checkout: { name: Checkout, launch: { keyOwner: lin@acme.example } } }", "gatehouse", [
    "projects/checkout#launch.workload",
  ]);
  expect(told(projectIsReadyForLaunch, view)[0]).toContain("does not say expectedMonthlyUsd, escalationContact.");
});
