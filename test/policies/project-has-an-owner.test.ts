import { describe, expect, it } from "vitest";
import { projectHasAnOwner } from "../../provider/policies/rules/project-has-an-owner.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(projectHasAnOwner, {
  passes: `
members: { Lin@acme.example: manager }
projects: { checkout: { name: Checkout, launch: { owner: lin@acme.example } } }`,
  fails: "projects: { checkout: { name: Checkout, launch: { workload: chat } } }",
  message:
    "Project projects/checkout (launch.owner) has no owner. Alerts, invoices and usage reports of a project that nobody owns reach nobody. Write `launch: { owner: person@your.example }`.",
  unknown: ["projects/checkout#launch.owner"],
});

const judged = (text: string, system?: string, unknown?: readonly string[]) => told(projectHasAnOwner, viewOf(text, system, unknown));
const owned = (members: string) =>
  `members: { ${members} }\nprojects: { checkout: { name: Checkout, launch: { owner: lin@acme.example } } }`;

describe("project-has-an-owner", () => {
  it("wants the owner to be a member where the stack declares members", () => {
    expect(judged(owned("kim@acme.example: member"))).toEqual([
      "mandatory: Project projects/checkout (launch.owner) is owned by lin@acme.example, who is no member of the organization today. Alerts, invoices and usage reports of a project that nobody owns reach nobody. Declare that person under `members`, or name an owner who is there.",
    ]);
    expect(judged(owned("lin@acme.example: { role: manager, expiresAt: 2026-11-21 }"))).toHaveLength(1);
    expect(judged(owned("lin@acme.example: { role: manager, expiresAt: 2026-11-22 }"))).toEqual([]);
  });

  it("does not judge the owner while one of the members is unknown", () => {
    expect(judged(owned("kim@acme.example: member"), "gatehouse", ["members/kim@acme.example#user"])).toEqual([]);
  });

  it("says nothing while all of `launch` is unknown", () => {
    expect(judged("projects: { checkout: { name: Checkout } }", "gatehouse", ["projects/checkout#launch"])).toEqual([]);
  });

  it("asks nothing of an archived project, nor of the Default project", () => {
    expect(judged("projects: { pilot: { name: Pilot, status: archived }, default: { name: Default } }")).toEqual([]);
  });

  it.each(["floopy", "olyx", "routerly", "qodex", "anyint"])("asks on %s too, where the state keeps it", (system) => {
    expect(judged("projects: { checkout: { name: Checkout } }", system)).toHaveLength(1);
  });

  it("knows a Default project only where a system makes one", () => {
    expect(judged("projects: { default: { name: Default } }", "floopy")).toEqual([]);
    expect(judged("projects: { default: { name: Default } }", "olyx")).toHaveLength(1);
  });
});
