import { integer, json, list, map, object, oneOf, text } from "../field.js";
import { defineKind } from "../kind.js";

/** Sets of levels and settings of all guardrails. */
export const PRESETS = ["recommended", "strict", "audit-only"] as const;

/** What a project stands for in this organization. */
export const LAYOUTS = ["perEnvironment", "perProduct", "perTeam", "perClient"] as const;

/** What a guardrail does about a violation: tells it, stops the run, mends it where that is safe, or nothing. */
export const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;

/** A level, or a level with settings of the guardrail's own. */
export type RuleSetting =
  | (typeof LEVELS)[number]
  | { readonly enforcementLevel?: (typeof LEVELS)[number]; readonly [setting: string]: unknown };

const ruleSetting = json<RuleSetting>({
  if: { type: "object" },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: { type: "object", properties: { enforcementLevel: { enum: LEVELS, description: "Level of the guardrail in this stack." } } },
  else: { enum: LEVELS },
  title: `one of ${LEVELS.join(", ")}, or { enforcementLevel, … } with settings of the guardrail`,
});

/** Longest time for which an approval opens its gate, in days: a word that somebody gave for good would be nobody's soon. */
export const LONGEST_APPROVAL_DAYS = 90;

const REPAIR = ["repair", "report"] as const;

/** Rules of the house: how strict the guardrails are, what is excepted, which dangerous changes are approved. No control plane knows it. */
export const governance = defineKind("Governance", {
  path: "",
  singleton: true,
  local: true,
  key: [],
  stackFile: [{ at: ["governance"] }],
  fields: {
    /** How strict the guardrails are as a whole: `recommended` when absent; `audit-only` tells everything and stops nothing. */
    preset: oneOf(PRESETS, { optional: true }),
    /** What a project stands for here, since the systems' advice differs; its guardrail judges nothing when absent. */
    layout: oneOf(LAYOUTS, { optional: true }),
    /** By guardrail: its level (`advisory`, `mandatory`, `remediate`, `disabled`), or `{ enforcementLevel, … }` with its own settings. */
    settings: map(ruleSetting, { optional: true }),
    /** Violations that are accepted until a day. An expired one is a violation itself. */
    exceptions: list(
      object({
        /** Name of the guardrail. */
        rule: text({ pattern: "^[a-z][a-z0-9-]*$" }),
        /** Path of the object in the stack (`projects/checkout/keys/checkout-prod`). */
        object: text(),
        /** Why it is accepted. */
        reason: text({ minLength: 10 }),
        /** Last day of the exception (`2027-02-01`), at most a year ahead, or as set for `exceptions-are-in-force`. */
        until: text({ format: "date", ends: "after" }),
      }),
      { optional: true },
    ),
    /**
     * Dangerous changes that may be made. Each opens one gate for one change of one object, from the run after the one that records it:
     * a change cannot approve itself.
     */
    approvals: list(
      object({
        /** Name of the gate, as the preview prints it. */
        gate: text({ pattern: "^[a-z][a-z0-9-]*$" }),
        /** Path of the object, as the preview prints it. */
        object: text(),
        /** Digest of the change, as the preview prints it. */
        change: text({ pattern: "^[0-9a-f]{12,64}$" }),
        /** Person who approves. */
        by: text({ format: "email" }),
        /** Why the change is right. */
        reason: text({ minLength: 10 }),
        /** Last day on which it opens the gate, at most 90 days ahead. */
        until: text({ format: "date", ends: "after" }),
      }),
      { optional: true },
    ),
    /** What a reconciliation may do about each class of drift: `repair`, or `report` only (when absent, security and money). */
    reconcile: object(
      {
        /** Access, roles, single sign-on, key locks. */
        security: oneOf(REPAIR, { optional: true }),
        /** Caps, budgets, prices. */
        money: oneOf(REPAIR, { optional: true }),
        /** Models, routing, limits of rate. */
        availability: oneOf(REPAIR, { optional: true }),
        /** Names, descriptions, colors, labels. */
        cosmetic: oneOf(REPAIR, { optional: true }),
        /** Objects that nobody declared: told (`report`), or removed where their collection is `$exclusive` or names them under `$remove`. */
        unmanaged: oneOf(["remove", "report"], { optional: true }),
        /** Objects that one pass may change at most, 25 when absent. */
        maxChanges: integer({ minimum: 1, optional: true }),
      },
      { optional: true },
    ),
  },
});
