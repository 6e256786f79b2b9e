import { expect, it } from "vitest";
import { projectHasOneWorkload } from "../../provider/policies/rules/project-has-one-workload.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const stack = (workload: string) => `projects: { helper: { name: Helper, launch: { workload: "${workload}" } } }`;

ruleCases(projectHasOneWorkload, {
  passes: stack("media generation"),
  fails: stack("chat, extraction and batch"),
  message:
    "Project projects/helper (launch.workload) serves 3 workloads (chat, extraction, batch). Chat, extraction, media and batch jobs differ in cost, speed and risk; in one project no limit fits both of two. Make a project for each, and name in `workload` the one that this one is for.",
  unknown: ["projects/helper#launch.workload"],
});

it.each(["chat/batch", "chat + batch", "chat & batch", "chat;batch"])("project-has-one-workload sees two in %s", (workload) => {
  expect(told(projectHasOneWorkload, viewOf(stack(workload)))[0]).toContain("serves 2 workloads (chat, batch)");
});

it.each(["brand monitoring", "command-line assistance"])("project-has-one-workload sees one in %s", (workload) => {
  expect(told(projectHasOneWorkload, viewOf(stack(workload)))).toEqual([]);
});

it("project-has-one-workload asks nothing of an app that is tested in several ways", () => {
  expect(told(projectHasOneWorkload, viewOf(stack("api, browser tests"), "qodex"))).toEqual([]);
});
