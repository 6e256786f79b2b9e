import type { Context } from "../context.js";
import type { Grant } from "../profiles/grant.js";

/** Kinds that the first word of a permission stands for. */
const KINDS_OF: Readonly<Record<string, readonly string[]>> = {
  organization: ["Organization"],
  security: ["SecurityPolicy"],
  role: ["Role"],
  member: ["OrganizationMember", "ProjectMember"],
  limit: ["EnvironmentLimit"],
  credential: ["ProviderCredential"],
  project: ["Project"],
  environment: ["Environment"],
  model: ["Model"],
  routing: ["RoutingTier", "RoutingPolicy"],
  key: ["ApiKey"],
  budget: ["Budget"],
  alert: ["Alert"],
};

/** Lets its holder read the audit record and the alert events. */
const REPORT = "report:read";

/** Roles that whoever writes members by a custom role may give, besides custom ones that may do no more. */
const HARMLESS: readonly string[] = ["member", "viewer"];

type Parts = Pick<Context, "store" | "profile">;

/** What a custom role of this name grants, or undefined when there is none. Writing includes reading. */
export function customGrant(parts: Parts, name: string): Grant | undefined {
  const role = parts.store.objects.find("Role", "name", name)[0];
  if (role === undefined) return undefined;
  const permissions = permissionsOf(role.body);
  const writes = kindsWith(permissions, "write");
  const protectedRoles = outOfReach(parts, permissions);
  return {
    read: [...kindsWith(permissions, "read"), ...writes],
    create: writes,
    update: writes,
    delete: writes,
    properties: { Organization: { except: ["contacts.billing"] } },
    protectedRoles: { OrganizationMember: protectedRoles, ProjectMember: protectedRoles },
    readsAudit: permissions.includes(REPORT),
  };
}

function kindsWith(permissions: readonly string[], action: string): readonly string[] {
  return permissions.flatMap((permission) => {
    const [word = "", does] = permission.split(":");
    return does === action ? (KINDS_OF[word] ?? []) : [];
  });
}

/** Nobody gives away more than they have. */
function outOfReach({ store, profile }: Parts, permissions: readonly string[]): readonly string[] {
  const builtIn = [...Object.keys(profile.organizationRoles), ...Object.keys(profile.projectRoles)];
  const custom = store.objects.ofKind("Role").filter(({ body }) => permissionsOf(body).some((one) => !permissions.includes(one)));
  return [...builtIn.filter((name) => !HARMLESS.includes(name)), ...custom.map(({ body }) => String(body.name))];
}

function permissionsOf({ permissions }: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(permissions) ? permissions.map(String) : [];
}
