import { randomUUID } from "node:crypto";
import { DIALECT, FIELDS, ROLES } from "../../../schema/systems/anyint.js";
import type { RefusalParts } from "../refusal.js";
import { anyintGateway } from "./anyint-gateway.js";
import { anyintRules } from "./anyint-rules.js";
import type { Grant } from "./grant.js";
import { grantsFromRoles } from "./grants-from-roles.js";
import type { Profile } from "./profile.js";

const { organizationRoles, projectRoles } = grantsFromRoles(ROLES);

/** what finance does is the organization's billing. */
const BILLING: Grant = {
  read: ["Organization"],
  update: ["Organization"],
  properties: { Organization: { only: ["contacts.billing"] } },
};

/** AnyInt: an organization with its first Admin, and projects as boundaries for teams, environments and workloads. */
export const anyint: Profile = {
  name: "anyint",
  kinds: Object.keys(FIELDS),
  fields: FIELDS,
  dialect: DIALECT,
  rules: anyintRules,
  routes: [anyintGateway],
  writeRefusal,
  // whoever is in projects sees these and no others.
  organizationRoles: { ...organizationRoles, member: { listsOwn: true }, finance: BILLING },
  // of the keys of a project, its members see and manage those that they made.
  projectRoles: { ...projectRoles, member: { read: ["Project"], own: { ApiKey: "creator" } } },
  lastMemberGuards: [{ roles: ["admin"], code: "last_admin" }],
  quotas: {},
  // the creator of the organization is its first Admin.
  bootstrapOwner: { user: "creator@anyint.local", role: "admin" },
  tokenPrefixes: { key: "sk-team-", management: "anyint-mt-", invitation: "anyint-in-" },
  projectHeader: "anyint-project",
  capReleaseShare: 1,
  newId: () => randomUUID(),
};

interface Said {
  readonly type: string;
  readonly code?: string;
  readonly status?: number;
}

/** How the documented errors name what happened, by status; what is invalid is 400, and a used-up limit is 429. */
const TYPES: Readonly<Record<number, Said>> = {
  400: { type: "invalid_request_error" },
  401: { type: "authentication_error", code: "invalid_api_key" },
  402: { type: "rate_limit_error", code: "spend_limit_reached", status: 429 },
  403: { type: "permission_error" },
  404: { type: "not_found_error" },
  409: { type: "conflict_error" },
  422: { type: "invalid_request_error", status: 400 },
  429: { type: "rate_limit_error", code: "rate_limit_exceeded" },
};

/** `{error: {message, type, code}}`. */
function writeRefusal({ status, code, detail }: RefusalParts) {
  const said = TYPES[status] ?? { type: "api_error" };
  return {
    contentType: "application/json",
    ...(said.status !== undefined && { status: said.status }),
    body: { error: { message: detail, type: said.type, code: said.code ?? code } },
  };
}
