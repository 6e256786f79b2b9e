import { randomBytes, randomUUID } from "node:crypto";
import { DIALECT, FIELDS, ROLES } from "../../../schema/systems/qodex.js";
import { grantsFromRoles } from "./grants-from-roles.js";
import type { Profile } from "./profile.js";
import { qodexAccounts } from "./qodex-accounts.js";
import { qodexRules } from "./qodex-rules.js";
import { qodexRuns } from "./qodex-runs.js";

const { organizationRoles, projectRoles } = grantsFromRoles(ROLES);
const OWN_KEYS = ["ApiKey"];

/** Qodex: projects that share nothing, each around one app under test. There is no organization: accounts have memberships only. */
export const qodex: Profile = {
  name: "qodex",
  kinds: Object.keys(FIELDS),
  fields: FIELDS,
  dialect: DIALECT,
  rules: qodexRules,
  routes: [qodexAccounts, qodexRuns],
  organizationRoles: { user: { ...organizationRoles.user, listsOwn: true } },
  // which keys are a member's own is the key's rule.
  projectRoles: { ...projectRoles, member: { ...projectRoles.member, create: OWN_KEYS, update: OWN_KEYS, delete: OWN_KEYS } },
  lastMemberGuards: [],
  quotas: {},
  bootstrapOwner: { user: "owner@gatehouse.local", role: "user" },
  tokenPrefixes: { key: "qk_", management: "qodex_session_", invitation: "qodex_invite_" },
  projectHeader: "x-qodex-project",
  capReleaseShare: 1,
  newId: (kind) => (kind === "Alert" ? `pol_${randomBytes(8).toString("hex")}` : randomUUID()),
};
