import { randomUUID } from "node:crypto";
import { DEFAULT_PROJECT } from "../../../schema/systems/default-project.js";
import { DIALECT, FIELDS, ROLES } from "../../../schema/systems/floopy.js";
import { QUOTAS } from "../../../schema/systems/quotas.js";
import { floopyConstraints } from "./floopy-constraints.js";
import { floopyRules } from "./floopy-rules.js";
import { grantsFromRoles } from "./grants-from-roles.js";
import type { Profile } from "./profile.js";

/** Floopy as its documentation describes it. Statuses that it does not document are the embedded control plane's own. */
export const floopy: Profile = {
  name: "floopy",
  kinds: Object.keys(FIELDS),
  fields: FIELDS,
  dialect: DIALECT,
  rules: floopyRules,
  routes: [floopyConstraints],
  writeRefusal: ({ status, code, detail }) => ({
    contentType: "application/json",
    // Validation is told as 400.
    status: status === 422 ? 400 : status,
    body: { error: { code, message: detail, ...(code === "plan_required" && { feature: "constraints_api" }) } },
  }),
  ...grantsFromRoles(ROLES),
  lastMemberGuards: [{ roles: ["owner"], code: "last_owner" }],
  // F-19
  quotas: QUOTAS.floopy ?? {},
  // F-05, F-11
  defaultProject: { id: "00000000-0000-0000-0000-000000000000", ...DEFAULT_PROJECT },
  bootstrapOwner: { user: "owner@gatehouse.local", role: "owner" },
  tokenPrefixes: { key: "flo_sk_live_", management: "flo_mt_", invitation: "flo_in_" },
  projectHeader: "floopy-project-id",
  projectHeaderTakes: ["id"],
  // F-29
  capReleaseShare: 0.95,
  newId: () => randomUUID(),
};
