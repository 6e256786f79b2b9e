import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../schema/unknown.js";
import { deleted, kept, listed, released, replaced } from "../../gates/support/plan.js";
import { linesIn, reportOfPlan } from "../support/report-of-plan.js";

const PROJECT = { name: "Checkout AI", slug: "checkout" };
const GONE = deleted("Project", "projects/checkout", PROJECT, { id: "p1" });
const kim = (to = deleted) => to("ProjectMember", "pm/kim", { project: "p1", user: "kim@acme.example", role: "editor" }, {});
const TIER = deleted("RoutingTier", "tiers/simple", { project: "p1", tier: "simple", model: "a" });
const KEY = deleted("ApiKey", "keys/prod", { name: "prod", project: "p1", environment: "production" });
const STRAY = listed("ApiKey", "k9", {
  name: "stray",
  project: "p1",
  environment: "staging",
  status: "active",
  lastUsedAt: "2026-11-20T09:00:00Z",
});

describe("lines about deletions", () => {
  it("tell with a project what goes with it: how much, where, when it was last used, and who loses access", () => {
    const { lines } = reportOfPlan([GONE, kim(), TIER, KEY], { live: [STRAY], gates: { closed: [], opened: [] } });
    expect(lines.filter(({ section }) => section === "deletions")).toMatchObject([
      {
        severity: "medium",
        object: "projects/checkout",
        text: "Project projects/checkout is deleted, and with it ApiKey ×2 (production, staging; last used 2026-11-20), ProjectMember ×1, RoutingTier ×1",
        details: [
          "with it: ApiKey keys/prod, stray",
          "with it: ProjectMember pm/kim",
          "with it: RoutingTier tiers/simple",
          "nobody declared stray",
          "access ends with it for kim@acme.example",
        ],
      },
    ]);
  });

  it("have no other line for what goes with something, but for keys", () => {
    const { lines } = reportOfPlan([GONE, kim(), TIER, KEY], { gates: { closed: [], opened: [] } });
    expect(lines.map(({ section, object }) => `${section} ${object}`)).toEqual(["keys keys/prod", "deletions projects/checkout"]);
  });

  it("say what the stack only releases and yet goes", () => {
    const [line] = reportOfPlan([
      GONE,
      released("RoutingTier", "tiers/simple", { project: "p1", tier: "simple", model: "a" }),
    ]).lines.filter(({ section }) => section === "deletions");
    expect(line?.details).toContain("the stack only releases tiers/simple, and yet it goes with this");
  });

  it("tell a replaced project with what goes with it, and why it is replaced", () => {
    const steps = [
      replaced("Project", "projects/checkout", PROJECT, { slug: "till" }, { id: "p1" }),
      replaced("RoutingTier", "tiers/simple", { project: "p1", tier: "simple", model: "a" }, { project: UNKNOWN }),
    ];
    const { lines } = reportOfPlan(steps, {
      gates: { closed: [], opened: [] },
      sources: { "tiers/simple": { project: "projects/checkout" } },
    });
    expect(lines.map(({ section, text, details }) => [section, text, details[0]])).toEqual([
      ["deletions", "Project projects/checkout is replaced by another one, and with it RoutingTier ×1", "slug cannot be changed in place"],
    ]);
  });

  it("leave members and budgets to access and limits", () => {
    const steps = [
      kept("Project", "projects/checkout", PROJECT, { id: "p1" }),
      kim(),
      deleted("Budget", "budgets/a", { name: "a", amountUsd: 1, period: "day" }),
    ];
    expect(linesIn("deletions", steps)).toEqual([]);
    expect([...linesIn("access", steps), ...linesIn("limits", steps)]).toHaveLength(2);
  });

  it("say nothing of what only leaves the stack", () => {
    expect(linesIn("deletions", [released("Project", "projects/checkout", PROJECT)])).toEqual([]);
  });
});

describe("the values of a line", () => {
  const CHECKOUT = kept("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout" }, { id: "p1" });

  it("are none of what ends, which has nothing new to compare with", () => {
    const steps = [
      CHECKOUT,
      deleted("ApiKey", "keys/a", { name: "a", project: "p1" }),
      deleted("OrganizationMember", "members/kim", { user: "kim@acme.example", role: "viewer" }),
      deleted("Model", "models/a", { identifier: "a", project: "p1" }),
    ];
    const { lines } = reportOfPlan(steps);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.flatMap(({ values }) => values)).toEqual([]);
  });

  it("name the object that a reference leads to, as far as the stack holds it", () => {
    const steps = [CHECKOUT, replaced("ApiKey", "keys/a", { name: "a", project: "p1" }, { project: "p2" })];
    const [line] = reportOfPlan(steps).lines.filter(({ section }) => section === "keys");
    expect(line?.values).toEqual([{ property: "project", before: "projects/checkout", after: "p2" }]);
  });
});
