import { expect, it } from "vitest";
import { projectNamesAreRecognizable } from "../../provider/policies/rules/project-names-are-recognizable.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(projectNamesAreRecognizable, {
  passes:
    "projects: { production: { name: Production }, ci: { name: CI }, checkout: { name: Checkout AI }, bench: { name: Test bench 2 } }",
  fails: "projects: { p2: { name: New project 2 } }",
  message:
    'Project projects/p2 (name) is called "New project 2", which says nothing of what it is for. In an incident the name is all that people see of a project, and it has to say at once what is burning. Call it after its environment (`Production`, `Staging`, `CI`) or its product (`Checkout AI`).',
  unknown: ["projects/p2#name"],
});

const judged = (text: string) => told(projectNamesAreRecognizable, viewOf(text));

it("project-names-are-recognizable tells names that differ in nothing but their spelling", () => {
  expect(judged("projects: { a: { name: Check-out }, b: { name: checkout }, c: { name: Search } }")).toEqual([
    expect.stringContaining('Project projects/b (name) is called "checkout", almost as projects/a is.'),
  ]);
});

it("project-names-are-recognizable takes the house's own empty words", () => {
  const settings = "governance: { settings: { project-names-are-recognizable: { emptyWords: [Thing] } } }";
  expect(judged(`projects: { a: { name: thing 7 }, b: { name: New project } }\n${settings}`)).toHaveLength(1);
});
