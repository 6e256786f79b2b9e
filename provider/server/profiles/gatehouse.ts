import { randomUUID } from "node:crypto";
import { DEFAULT_PROJECT } from "../../../schema/systems/default-project.js";
import { CANONICAL } from "../../../schema/systems/dialect.js";
import { QUOTAS } from "../../../schema/systems/quotas.js";
import type { Grant } from "./grant.js";
import type { Profile } from "./profile.js";

const EVERYTHING = { read: "*", create: "*", update: "*", delete: "*" } as const satisfies Grant;
const READS_EVERYTHING: Grant = { read: "*" };
const IN_PROJECT = ["Model", "RoutingTier", "RoutingPolicy", "ApiKey", "Environment", "ProviderCredential", "Budget", "Alert"] as const;
const PROJECT_ADMIN_KINDS = [...IN_PROJECT, "ProjectMember"] as const;

/** The embedded control plane's own rules. */
export const gatehouse: Profile = {
  name: "gatehouse",
  dialect: CANONICAL,
  organizationRoles: {
    owner: { ...EVERYTHING, readsAudit: true },
    admin: {
      ...EVERYTHING,
      properties: { Organization: { except: ["contacts.billing"] } },
      protectedRoles: { OrganizationMember: ["owner"] },
      readsAudit: true,
    },
    manager: { read: "*", create: ["Project"], projectRoleOfCreator: "owner" },
    member: READS_EVERYTHING,
    viewer: READS_EVERYTHING,
    finance: {
      read: ["Organization", "OrganizationMember"],
      update: ["Organization"],
      properties: { Organization: { only: ["contacts.billing"] } },
    },
  },
  projectRoles: {
    owner: EVERYTHING,
    admin: {
      read: "*",
      create: PROJECT_ADMIN_KINDS,
      update: [...PROJECT_ADMIN_KINDS, "Project"],
      delete: PROJECT_ADMIN_KINDS,
      protectedRoles: { ProjectMember: ["owner"] },
    },
    editor: { read: "*", create: IN_PROJECT, update: IN_PROJECT, delete: IN_PROJECT },
    member: READS_EVERYTHING,
    viewer: READS_EVERYTHING,
  },
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
