import type { Profile } from "../profiles/profile.js";
import type { Store } from "../store/store.js";

/** What every route works with. */
export interface Service {
  readonly store: Store;
  readonly profile: Profile;
  readonly now: () => Date;
  /** Overlapping writes lose data, on profiles whose system does so. */
  readonly lostWrites?: boolean;
}
