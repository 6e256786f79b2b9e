import { anyint } from "./anyint.js";
import { floopy } from "./floopy.js";
import { gatehouse } from "./gatehouse.js";
import { olyx } from "./olyx.js";
import type { Profile } from "./profile.js";
import { qodex } from "./qodex.js";
import { routerly } from "./routerly/profile.js";

/** Every profile that the embedded control plane can run under. */
const PROFILES: Readonly<Record<string, Profile>> = { gatehouse, floopy, olyx, routerly, qodex, anyint };

/** Names of the systems whose rules it knows. */
export const PROFILE_NAMES: readonly string[] = Object.keys(PROFILES);

/** The profile of this name. Throws an error that lists the known ones. */
export function profileNamed(name: string): Profile {
  const profile = Object.hasOwn(PROFILES, name) ? PROFILES[name] : undefined;
  if (profile === undefined) throw new Error(`there is no profile "${name}": use one of ${PROFILE_NAMES.join(", ")}`);
  return profile;
}
