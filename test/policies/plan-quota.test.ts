import { describe, expect, it } from "vitest";
import { planQuota } from "../../provider/policies/rules/plan-quota.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const stack = (plan: string, count: number, more = "") =>
  `organization: { plan: ${plan} }\nprojects:\n${Array.from({ length: count }, (_, index) => `  p${index}: { name: P${index} }`).join("\n")}${more}`;

ruleCases(planQuota, {
  passes: stack("starter", 2),
  fails: stack("starter", 4),
  message:
    "Organization organization (plan) is on the plan starter, which allows 3 Project objects, and the stack declares 4. The control plane refuses what is over the quota, in the middle of a run. Declare fewer (one project can hold the keys of all its environments), or buy the plan that allows them and name it here.",
  unknown: ["organization#plan"],
});

const judged = (text: string, system?: string) => told(planQuota, viewOf(text, system));

describe("plan-quota", () => {
  it.each([
    ["free", 2],
    ["starter", 4],
    ["pro", 11],
  ])("stops a stack over the quota of the plan %s, on Floopy as on the embedded control plane (F-19)", (plan, count) => {
    expect(judged(stack(plan, count), "floopy")[0]).toMatch(/^mandatory: /);
    expect(judged(stack(plan, count))[0]).toMatch(/^mandatory: /);
  });

  it("only advises where the project that is there from the start would be one too many", () => {
    expect(judged(stack("pro", 10), "floopy")).toEqual([
      expect.stringMatching(/^advisory: .* declares 10, and the project that was there from the start counts as well\./),
    ]);
    expect(judged(stack("pro", 9, "\n  default: { name: Default }"), "floopy")).toEqual([]);
  });

  it("knows no quota of the largest plan, of a stack without a plan, or of a system without plans", () => {
    expect(judged(stack("enterprise", 12))).toEqual([]);
    expect(judged(stack("starter", 9).replace("plan: starter", "name: Acme"))).toEqual([]);
    expect(judged(stack("starter", 9).replace("plan: starter", "name: Acme"), "olyx")).toEqual([]);
  });

  it("counts each control plane by itself", () => {
    const two = `controlPlanes: { one: { system: gatehouse }, two: { system: gatehouse } }
organization: { plan: starter }
projects:
${["a", "b"].map((name) => `  ${name}1: { name: ${name}1, on: [one] }\n  ${name}2: { name: ${name}2, on: [two] }`).join("\n")}`;
    expect(judged(two)).toEqual([]);
  });
});
