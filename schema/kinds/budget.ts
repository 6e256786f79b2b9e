import { list, money, number, oneOf, ref, text } from "../field.js";
import { defineKind } from "../kind.js";

/** A ceiling on spending over a period, for the organization, a team or a project. */
export const budget = defineKind("Budget", {
  path: "/budgets",
  key: ["name"],
  keyScope: "project",
  about: "money",
  stackFile: [
    { at: ["budgets"], keyField: "name" },
    { under: "Project", at: ["budgets"], keyField: "name" },
  ],
  fields: {
    /** Name of the budget, unique among its siblings. Changing it replaces the budget. */
    name: text({ maxLength: 100, replace: true, named: true }),
    /** Project whose spend counts; the whole organization's when absent. Changing it replaces the budget. */
    project: ref("Project", { optional: true, replace: true }),
    /** Team whose spend counts, where the system knows teams. */
    team: text({ maxLength: 100, optional: true }),
    /** The ceiling, in US dollars per period. */
    amountUsd: money({ cap: "shared" }),
    /** The period that the ceiling is for. */
    period: oneOf(["hour", "day", "week", "month", "year"]),
    /** What happens at the ceiling: `warn`, `block` requests, or `revoke` the keys that spent. */
    onBreach: oneOf(["warn", "block", "revoke"], { optional: true }),
    /** Shares of the ceiling, from 0 to 1, at which somebody is told. */
    thresholds: list(number({ exclusiveMinimum: 0, maximum: 1 }), { optional: true, unordered: true }),
    /** Assigned by the control plane. */
    budgetId: text({ computed: true }),
  },
});
