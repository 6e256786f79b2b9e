import type { Context, Plan } from "./profiles/profile.js";

export type { Context } from "./profiles/profile.js";

/** The organization's plan, which decides on quotas. */
export function planOf(context: Context): Plan {
  return context.store.objects.ofKind("Organization")[0]?.body.plan as Plan;
}
