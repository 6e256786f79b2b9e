import { expect, it } from "vitest";
import { ownershipIsSpread } from "../../provider/policies/rules/ownership-is-spread.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const projects = (count: number, more = "") =>
  `projects:\n${Array.from({ length: count }, (_, index) => `  p${index}: { name: P${index}, launch: { owner: lin@acme.example }${more} }`).join("\n")}`;

ruleCases(ownershipIsSpread, {
  passes: projects(10),
  fails: projects(11),
  message:
    "Project projects/p9 (launch.owner) belongs to lin@acme.example, who owns 11 projects; at most 10 are meant for one person. Whoever owns too many projects answers for none of them in time. Name somebody else under `launch.owner`.",
  unknown: ["projects/p3#launch.owner"],
});

it("ownership-is-spread takes another number, counts addresses without regard to case, and leaves archived projects out", () => {
  const governed = (text: string) =>
    told(ownershipIsSpread, viewOf(`${text}\ngovernance: { settings: { ownership-is-spread: { maxProjects: 2 } } }`));
  expect(governed(projects(3).replace("lin@", "LIN@"))).toHaveLength(1);
  expect(governed(projects(4))).toHaveLength(2);
  expect(governed(projects(2))).toEqual([]);
  expect(governed(projects(3, ", status: archived"))).toEqual([]);
});
