import { randomUUID } from "node:crypto";
import { hashPassword } from "../../hashes.js";
import type { Store } from "../../store/store.js";
import type { UserRecord } from "./records.js";
import { PROVISIONAL } from "./session-routes.js";

/**
 * Makes the first administrator, so that one can log in at once. As long as nobody has, `POST /api/setup/first-admin` still makes
 * another one in its place, as at a fresh installation.
 */
export function bootstrapRouterly(store: Store, email: string, password: string): void {
  const admin: UserRecord = { id: randomUUID(), email, roleId: "admin", projectIds: [], passwordHash: hashPassword(password) };
  store.setSetting("routerly.users", JSON.stringify([admin]));
  store.setSetting(PROVISIONAL, admin.id);
}
