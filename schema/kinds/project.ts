import { integer, list, money, number, object, oneOf, person, text } from "../field.js";
import { defineKind } from "../kind.js";

export const ENVIRONMENTS = ["development", "staging", "production", "other"] as const;

/** A boundary around the traffic of a product, team, client or environment: its keys, members, models, limits and costs. */
export const project = defineKind("Project", {
  path: "/projects",
  key: ["slug", "name"],
  about: "availability",
  stackFile: [{ at: ["projects"], keyField: "slug" }],
  fields: {
    /** Display name, up to 100 characters. */
    name: text({ maxLength: 100, about: "cosmetic" }),
    /** Short name for addresses: lower-case letters, digits and hyphens, up to 63. Changing it replaces the project. */
    slug: text({ maxLength: 63, pattern: "^[a-z0-9-]+$", optional: true, replace: true }),
    /** What the project is for, up to 500 characters. */
    description: text({ maxLength: 500, optional: true, about: "cosmetic" }),
    /** Color in the dashboard, such as `#1a7f37`. */
    color: text({ maxLength: 32, optional: true, about: "cosmetic" }),
    /** Icon in the dashboard. */
    icon: text({ maxLength: 64, optional: true, about: "cosmetic" }),
    /** Environment class, where the project is the environment. Keys without their own environment inherit it. */
    environment: oneOf(ENVIRONMENTS, { optional: true, about: "security" }),
    /** Words to find and group projects by. */
    labels: list(text({ maxLength: 63 }), { optional: true, unordered: true, maxItems: 64, about: "cosmetic" }),
    /** An archived project keeps its history and refuses keys, settings and traffic. */
    status: oneOf(["active", "archived"], { optional: true, lasting: ["archived"], default: "active" }),
    /** Why the project was archived and how long it is kept. Stands beside `status: archived` alone. */
    archive: object(
      {
        /** Why it is no longer needed. */
        reason: text({ minLength: 10, maxLength: 500 }),
        /** Last day on which the project must be kept, so that traces, costs and audit can be read (`2027-12-31`). */
        keepUntil: text({ format: "date", optional: true }),
      },
      { optional: true, local: true },
    ),
    /** Time a request may take, in milliseconds. */
    defaultTimeoutMs: integer({ minimum: 1, maximum: 3_600_000, optional: true }),
    /** What a request is expected to cost and take; the baseline of quality grades. */
    grading: object(
      {
        /** Expected cost of one request, in US dollars. */
        expectedCostUsd: money({ optional: true }),
        /** Expected duration of one request, in milliseconds. */
        expectedLatencyMs: number({ minimum: 0, optional: true }),
      },
      { optional: true },
    ),
    /** What must be known before the project serves anybody. Kept in the state where the system has no field for it. */
    launch: object(
      {
        /** Person who answers for the project. */
        owner: person({ optional: true }),
        /** Person who answers for its keys. */
        keyOwner: person({ optional: true }),
        /** Primary workload: chat, extraction, batch. */
        workload: text({ maxLength: 100, optional: true }),
        /** Expected spend per calendar month, in US dollars. */
        expectedMonthlyUsd: money({ optional: true }),
        /** Where to turn when it burns: a channel, a rota, an address. */
        escalationContact: text({ maxLength: 200, optional: true }),
      },
      { optional: true },
    ),
    /** Assigned by the control plane. */
    projectId: text({ computed: true }),
    /** Spend of the current calendar month, in US dollars. Shown by the control plane, not kept in the state. */
    totalMonthlySpendUsd: money({ computed: true, volatile: true }),
  },
  rules: ({ status, archive }) =>
    archive === undefined || status === "archived"
      ? []
      : [{ property: "archive", reason: "tells of a project that is archived: write `status: archived` beside it, or leave it out" }],
});
