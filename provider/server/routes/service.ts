import type { Profile } from "../profiles/profile.js";
import type { Store } from "../store/store.js";

/** What every route works with. */
export interface Service {
  readonly store: Store;
  readonly profile: Profile;
  readonly now: () => Date;
}
