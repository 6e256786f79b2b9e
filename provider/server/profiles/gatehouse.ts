import { randomUUID } from "node:crypto";
import { DEFAULT_PROJECT } from "../../../schema/systems/default-project.js";
import { CANONICAL } from "../../../schema/systems/dialect.js";
import { ROLES } from "../../../schema/systems/gatehouse.js";
import { QUOTAS } from "../../../schema/systems/quotas.js";
import type { KindSet } from "./grant.js";
import { grantsFromRoles } from "./grants-from-roles.js";
import type { Profile } from "./profile.js";

const { organizationRoles, projectRoles } = grantsFromRoles(ROLES);
const BILLING_CONTACT = "contacts.billing";

/** The embedded control plane's own rules. */
export const gatehouse: Profile = {
  name: "gatehouse",
  dialect: CANONICAL,
  organizationRoles: {
    ...organizationRoles,
    admin: { ...organizationRoles.admin, properties: { Organization: { except: [BILLING_CONTACT] } } },
    finance: {
      read: ["Organization", "OrganizationMember"],
      update: ["Organization"],
      properties: { Organization: { only: [BILLING_CONTACT] } },
    },
  },
  projectRoles: { ...projectRoles, editor: { ...projectRoles.editor, update: kindsBut("Project", projectRoles.editor?.update) } },
  lastMemberGuards: [
    { roles: ["owner"], code: "last_owner" },
    { roles: ["owner", "admin"], code: "last_admin" },
  ],
  quotas: QUOTAS.gatehouse ?? {},
  defaultProject: { id: "00000000-0000-0000-0000-000000000000", ...DEFAULT_PROJECT },
  bootstrapOwner: { user: "owner@gatehouse.local", role: "owner" },
  tokenPrefixes: { key: "gh_sk_", management: "gh_mt_", invitation: "gh_in_" },
  projectHeader: "gatehouse-project",
  capReleaseShare: 0.95,
  newId: () => randomUUID(),
};

function kindsBut(left: string, kinds: KindSet = []): KindSet {
  return kinds === "*" ? kinds : kinds.filter((kind) => kind !== left);
}
