import type { PLANS } from "../kinds/organization.js";

type Plan = (typeof PLANS)[number];

/** How many objects of a kind a plan allows, by system. No entry is no limit, or none that is documented. */
export const QUOTAS: Readonly<Record<string, Readonly<Record<string, Readonly<Partial<Record<Plan, number>>>>>>> = {
  gatehouse: { Project: { free: 1, starter: 3, pro: 10 } },
  // F-19
  floopy: { Project: { free: 1, starter: 3, pro: 10 } },
};
