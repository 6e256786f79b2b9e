import type { Capability, RoleTable } from "../../../schema/systems/roles.js";
import type { Grant, Verb } from "./grant.js";

type Writes = Readonly<Partial<Record<Exclude<Verb, "read">, Capability>>>;

const configured: Writes = { create: "configure", update: "configure", delete: "configure" };
const membership: Writes = { create: "manageMembers", update: "manageMembers", delete: "manageMembers" };

/** What a write to an object of the organization itself needs there. */
const IN_ORGANIZATION: Readonly<Record<string, Writes>> = {
  Organization: { update: "configure" },
  SecurityPolicy: { update: "configure" },
  Role: configured,
  OrganizationMember: membership,
  EnvironmentLimit: configured,
};

/** What a write to an object needs in its project, or in every one. */
const IN_PROJECT: Readonly<Record<string, Writes>> = {
  Project: { update: "configure", delete: "delete" },
  ProjectMember: membership,
  ProviderCredential: configured,
  Environment: configured,
  Model: configured,
  RoutingTier: configured,
  RoutingPolicy: configured,
  ApiKey: { create: "manageKeys", update: "manageKeys", delete: "manageKeys" },
  Budget: configured,
  Alert: configured,
};

/** Kinds that have something to do with money or settings of the organization, and are seen by nobody who sees projects only. */
const SEEN_IN_ORGANIZATION = [...Object.keys(IN_ORGANIZATION), "ProviderCredential"];

/**
 * The grants that a table of roles means, where each capability means the same to all kinds. Whoever administers the members of the
 * organization reads its audit record.
 */
export function grantsFromRoles(table: RoleTable): {
  readonly organizationRoles: Readonly<Record<string, Grant>>;
  readonly projectRoles: Readonly<Record<string, Grant>>;
} {
  const organizationRoles = mapped(table.organization, ({ organization, everyProject, roleOfCreator, protectedRoles }): Grant => {
    const own = grantOf([
      [IN_ORGANIZATION, organization],
      [IN_PROJECT, everyProject],
    ]);
    return {
      ...own,
      create: [...(own.create ?? []), ...(organization.includes("createProjects") ? ["Project"] : [])],
      read: readable(organization.includes("view"), everyProject.includes("view")),
      ...(protectedRoles !== undefined && { protectedRoles: { OrganizationMember: protectedRoles } }),
      ...(roleOfCreator !== undefined && { projectRoleOfCreator: roleOfCreator }),
      readsAudit: organization.includes("manageMembers"),
    };
  });
  const projectRoles = mapped(
    table.project,
    ({ capabilities, protectedRoles }): Grant => ({
      ...grantOf([[IN_PROJECT, capabilities]]),
      read: capabilities.includes("view") ? Object.keys(IN_PROJECT) : [],
      ...(protectedRoles !== undefined && { protectedRoles: { ProjectMember: protectedRoles } }),
    }),
  );
  return { organizationRoles, projectRoles };
}

function grantOf(
  parts: readonly (readonly [Readonly<Record<string, Writes>>, readonly Capability[]])[],
): Record<Exclude<Verb, "read">, readonly string[]> {
  const kindsFor = (verb: Exclude<Verb, "read">) =>
    parts.flatMap(([needs, has]) =>
      Object.entries(needs).flatMap(([kind, writes]) => {
        const needed = writes[verb];
        return needed !== undefined && has.includes(needed) ? [kind] : [];
      }),
    );
  return { create: kindsFor("create"), update: kindsFor("update"), delete: kindsFor("delete") };
}

function readable(organization: boolean, projects: boolean): "*" | readonly string[] {
  const ofProjects = Object.keys(IN_PROJECT).filter((kind) => !SEEN_IN_ORGANIZATION.includes(kind));
  if (organization) return projects ? "*" : SEEN_IN_ORGANIZATION;
  return projects ? ofProjects : [];
}

function mapped<T>(roles: Readonly<Record<string, T>>, grant: (role: T) => Grant): Record<string, Grant> {
  return Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, grant(role)]));
}
