import { expect, it } from "vitest";
import { cascadeOf, cascadeText, type ObjectStep } from "../../provider/gates/index.js";
import { deleted, factsOf, kept, listed } from "./support/plan.js";

const P = "projects/a";
const of = (steps: Parameters<typeof factsOf>[0], live: ReturnType<typeof listed>[] = []) => {
  const facts = factsOf(steps, { live });
  return cascadeOf(facts.changes.objects.find(({ name }) => name === P) as ObjectStep, facts);
};
const gone = deleted("Project", P, { name: "A", environment: "staging" });

it("names what goes with a project: count, environments and last use", () => {
  const live = [
    listed("ApiKey", "k1", { name: "k1", project: P, environment: "production", lastUsedAt: "2026-11-02T10:00:00Z" }),
    listed("ApiKey", "k2", { name: "k2", project: P, lastUsedAt: "2026-11-20T10:00:00Z" }),
    listed("ProjectMember", `${P}/m`, { user: "a@acme.example", role: "admin" }, { owner: P }),
    listed("Budget", "b", { name: "b", project: P }),
  ];
  expect(cascadeText(of([gone, kept("RoutingTier", "tier", { project: P, tier: "simple" })], live))).toBe(
    "ApiKey ×2 (production, staging; last used 2026-11-20), Budget ×1, ProjectMember ×1, RoutingTier ×1",
  );
});

it("leaves out what belongs to another one, only refers to it, or gives no access any more", () => {
  const live = [
    listed("ApiKey", "k1", { name: "k1", project: "projects/b" }),
    listed("ApiKey", "k2", { name: "k2", defaultProject: P }),
    listed("ApiKey", "k3", { name: "k3", project: P, status: "revoked" }),
  ];
  expect(of([gone], live)).toEqual({ objects: [], kinds: [] });
});

it("takes nothing along with what belongs to nothing", () => {
  const facts = factsOf([deleted("Model", P, { identifier: "m" })], {
    live: [listed("ApiKey", "k", { name: "k", project: "projects/b" })],
  });
  expect(facts.changes.objects.map((step) => cascadeText(cascadeOf(step, facts)))).toEqual([""]);
});
