import type { Plan, Profile } from "./profiles/profile.js";
import type { Store } from "./store/store.js";

/** The member on whose behalf a request runs. */
export interface Actor {
  readonly memberId: string;
  /** E-mail address. */
  readonly user: string;
  readonly role: string;
}

/** Everything a rule may look at while one request runs. */
export interface Context {
  readonly store: Store;
  readonly profile: Profile;
  readonly actor: Actor;
  readonly now: Date;
}

/** The organization's plan, which decides on quotas. */
export function planOf(context: Context): Plan {
  return context.store.objects.ofKind("Organization")[0]?.body.plan as Plan;
}
