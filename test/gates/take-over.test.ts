import { describe, expect, it } from "vitest";
import { changeSetOf, type LiveObject } from "../../provider/gates/index.js";
import type { Step } from "../../provider/plan/changes.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { created, kept, listed, plane } from "./support/plan.js";

const LIVE = [
  listed("Project", "p1", { slug: "a", name: "A" }),
  listed("Project", "p2", { slug: "b", name: "B" }),
  listed("ProjectMember", "p1/m1", { user: "ada@acme.example", role: "owner" }, { owner: "p1" }),
  listed("ProjectMember", "p2/m1", { user: "ada@acme.example", role: "viewer" }, { owner: "p2" }),
  listed("RoutingPolicy", "r1", { project: "p1", policies: [{ type: "health" }] }),
  listed("RoutingPolicy", "r2", { project: "p2", policies: [{ type: "cheapest" }] }),
  listed("Budget", "b1", { name: "all", project: "p1", amountUsd: 1 }),
  listed("Budget", "b2", { name: "all", amountUsd: 2 }),
];

/** The plan of what is nested in a project, whose id only an apply tells. */
function objectsOf(project: Step, ...nested: readonly Step[]) {
  return objectsAt("gatehouse", LIVE, project, ...nested);
}

function objectsAt(system: string, objects: readonly LiveObject[], project: Step, ...nested: readonly Step[]) {
  const sources = new Map(nested.map(({ urn }) => [urn, { project: [project.urn] }]));
  const own = plane({ system }, { system }, "same");
  const live = { main: { actor: undefined, objects } };
  // In an order in which nothing is known of the project when its own are met.
  return changeSetOf([own, ...nested, project], { live, sources }).objects;
}

const adopted = (kind: string, name: string, inputs: Readonly<Record<string, unknown>>) =>
  created(kind, name, { ...inputs, adopt: "require" });

describe("what a plan takes over", () => {
  it("is that of its own project, though only an apply would tell the project's id", () => {
    const member = adopted("ProjectMember", "projects/b/members/ada", { project: UNKNOWN, user: "ada@acme.example", role: "viewer" });
    const [found] = objectsOf(adopted("Project", "projects/b", { slug: "b", name: "B" }), member);
    expect(found).toMatchObject({ operation: "adopt", before: { id: "p2/m1" }, after: { project: "p2" } });
    expect(found?.properties.map(({ property }) => property)).toEqual(["adopt"]);
  });

  it("is that of a project which the stack holds already", () => {
    const member = adopted("ProjectMember", "projects/b/members/ada", { project: UNKNOWN, user: "ada@acme.example", role: "viewer" });
    expect(objectsOf(kept("Project", "p2", { slug: "b" }), member)[0]).toMatchObject({ before: { id: "p2/m1" } });
  });

  it("has no name where there is one of it in each project", () => {
    const routing = adopted("RoutingPolicy", "projects/b/routing", { project: UNKNOWN, policies: [{ type: "cheapest" }] });
    expect(objectsOf(adopted("Project", "projects/b", { slug: "b" }), routing)[0]).toMatchObject({ before: { id: "r2" } });
  });

  it("has no name where its system knows none, whatever the stack calls it", () => {
    const budget = adopted("Budget", "projects/b/budgets/all", { name: "month", project: UNKNOWN, amountUsd: 2 });
    const there = [listed("Project", "p2", { name: "b" }), listed("Budget", "b3", { project: "p2", amountUsd: 2 })];
    expect(objectsOf(adopted("Project", "projects/b", { name: "b" }), budget)[0]?.before).toBeUndefined();
    const [found] = objectsAt("olyx", there, adopted("Project", "projects/b", { name: "b" }), budget);
    expect(found).toMatchObject({ operation: "adopt", before: { id: "b3" } });
  });

  it("is the organization's where no project is named, and not one of the same name in a project", () => {
    const budget = adopted("Budget", "budgets/all", { name: "all", amountUsd: 2 });
    expect(objectsOf(kept("Project", "p2", { slug: "b" }), budget)[0]).toMatchObject({ before: { id: "b2" } });
  });

  it("stays unknown where the project is made in the same run", () => {
    const member = created("ProjectMember", "projects/c/members/ada", { project: UNKNOWN, user: "ada@acme.example", role: "viewer" });
    expect(objectsOf(created("Project", "projects/c", { slug: "c" }), member)[0]).toMatchObject({
      operation: "create",
      before: undefined,
      after: { project: UNKNOWN },
    });
  });
});
