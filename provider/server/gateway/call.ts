import type { Profile } from "../profiles/profile.js";
import type { StoredObject } from "../store/objects.js";
import type { Store } from "../store/store.js";

/** What a gateway rule may look at. */
export interface Gateway {
  readonly store: Store;
  readonly profile: Profile;
  readonly now: Date;
}

/** A request whose key, project and environment are known. */
export interface Call {
  readonly key: StoredObject;
  readonly project: StoredObject;
  /** Environment class of the key: its own, else its project's. */
  readonly environment: string | undefined;
}
