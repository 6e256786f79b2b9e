import { expect, it } from "vitest";
import { projectWithHistory } from "../../provider/gates/gates/project-with-history.js";
import { found, gateCases } from "./support/gate-cases.js";
import { deleted, listed, released, replaced, updated } from "./support/plan.js";

const P = "projects/checkout";
const gone = deleted("Project", P, { name: "Checkout" });
const spent = (usd: number) => [listed("Project", P, { name: "Checkout", totalMonthlySpendUsd: usd })];

gateCases(projectWithHistory, {
  closes: { steps: [gone], live: spent(12.5) },
  object: P,
  what: "the project spent 12.5 USD this month, and would be deleted with its history",
  passes: {
    "a project that nobody used": { steps: [gone], live: spent(0) },
    "a project of which nothing is known": { steps: [gone] },
    "a project that only leaves the stack": { steps: [released("Project", P, { name: "Checkout" })], live: spent(12.5) },
    "a change of it": { steps: [updated("Project", P, { name: "Checkout" }, { name: "C" })], live: spent(12.5) },
  },
});

it("knows use by its keys, ended ones too: an archived project is kept (O-27)", () => {
  const key = listed("ApiKey", "k", { name: "k", project: P, status: "revoked", lastUsedAt: "2026-03-02T08:00:00Z" });
  expect(found(projectWithHistory, { steps: [gone], live: [key] })).toMatchObject([
    { what: expect.stringContaining("was last used 2026-03-02") },
  ]);
});

it("stops a replacement, which begins without the history", () => {
  const steps = [replaced("Project", P, { name: "Checkout", slug: "checkout" }, { slug: "shop" })];
  expect(found(projectWithHistory, { steps, live: spent(3) })).toEqual([
    { object: P, what: "the project spent 3 USD this month, and would be replaced by one without its history" },
  ]);
});

it("takes an archived project for one with history, which it is kept for", () => {
  const archived = { name: "Checkout", status: "archived" };
  expect(found(projectWithHistory, { steps: [deleted("Project", P, archived)] })).toEqual([
    { object: P, what: "the project is archived, and would be deleted with its history" },
  ]);
  const byHand = { steps: [gone], live: [listed("Project", P, archived)] };
  expect(found(projectWithHistory, byHand)).toHaveLength(1);
});

it("says nothing of a removal that archives: the history stays", () => {
  expect(found(projectWithHistory, { steps: [gone], live: spent(12.5), system: "olyx" })).toEqual([]);
});
