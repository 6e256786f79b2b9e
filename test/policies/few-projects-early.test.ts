import { expect, it } from "vitest";
import { fewProjectsEarly } from "../../provider/policies/rules/few-projects-early.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const projects = (...names: string[]) => `projects:\n${names.map((name) => `  ${name}: { name: ${name} }`).join("\n")}`;
const withKey = (environment: string) => `projects:
  a: { name: a, keys: { a-key: { environment: ${environment} } } }
${["b", "c", "d", "e"].map((name) => `  ${name}: { name: ${name} }`).join("\n")}`;

ruleCases(fewProjectsEarly, {
  passes: projects("production", "staging", "ci", "experiments"),
  fails: withKey("staging"),
  message:
    "Project projects/e is one of 5 projects (a, b, c, d, e) before a single production key; 4 are enough to begin with. Many projects from the first day make operations hard to read, and none of them has proved yet that it is needed. Begin with `production`, `staging`, `ci` and `experiments`, and add a project when something of its own needs it.",
  unknown: ["projects/a/keys/a-key#environment"],
});

it("few-projects-early falls silent with the first production key, and counts neither archived projects nor Default", () => {
  expect(told(fewProjectsEarly, viewOf(withKey("production")))).toEqual([]);
  expect(
    told(fewProjectsEarly, viewOf(`${projects("a", "b", "c", "d")}\n  old: { name: Old, status: archived }\n  default: { name: Default }`)),
  ).toEqual([]);
});
