import { permissionsOf } from "../../../schema/systems/permissions/index.js";
import type { RoleTable } from "../../../schema/systems/roles.js";
import { adapterOf } from "../../adapters/index.js";
import { isKnown, known, type SeenObject, UNKNOWN, type Unknown } from "../../policies/seen.js";
import type { StackView } from "../../policies/stack-view.js";
import { type CapabilitySet, NOTHING, setOf, uncertain, unionOf, within } from "./capability-set.js";

/** What a role gives, and the role in words. */
export interface RoleRights {
  readonly organization: CapabilitySet;
  /** In every project, for a role in the organization; in the one project, for a role there. */
  readonly inProjects: CapabilitySet;
  /** `admin`, `auditor (custom role)`, `owls (unknown role)`. */
  readonly called: string;
}

/** What a member's role gives in the organization and in every project. */
export function organizationRights(view: StackView, member: SeenObject<"OrganizationMember">): RoleRights {
  const { organization } = adapterOf(member.system).roles;
  const role = member.inputs.role;
  if (isKnown(role) && Object.hasOwn(organization, role)) return builtInRights(organization, role);
  const most = mostOfOrganization(organization);
  return customRights(view, member, role) ?? { ...uncertainRights(most), called: unknownRole(role) };
}

/** What a membership's role gives in its project. A custom role gives no more there than a project role can: what it says of the organization has no place. */
export function projectRights(view: StackView, membership: SeenObject<"ProjectMember">): RoleRights {
  const { project } = adapterOf(membership.system).roles;
  const role = membership.inputs.role;
  if (isKnown(role) && Object.hasOwn(project, role)) {
    return { organization: NOTHING, inProjects: setOf(project[role]?.capabilities ?? []), called: role };
  }
  const most = unionOf(Object.values(project).map(({ capabilities }) => setOf(capabilities)));
  const custom = customRights(view, membership, role);
  if (custom === undefined) return { organization: NOTHING, inProjects: uncertain(most), called: unknownRole(role) };
  return { ...custom, organization: NOTHING, inProjects: within(custom.inProjects, most) };
}

/** What everybody has who has an account, where a system has no members outside of projects. */
export function accountRights(system: string): readonly RoleRights[] {
  const { organization } = adapterOf(system).roles;
  return Object.keys(organization).map((role) => builtInRights(organization, role));
}

function builtInRights(roles: RoleTable["organization"], role: string): RoleRights {
  const { organization = [], everyProject = [] } = roles[role] ?? {};
  return { organization: setOf(organization), inProjects: setOf(everyProject), called: role };
}

/** The most that any role of the organization gives: what a role that nobody knows could be. */
function mostOfOrganization(roles: RoleTable["organization"]): Omit<RoleRights, "called"> {
  const all = Object.values(roles);
  return {
    organization: unionOf(all.map(({ organization }) => setOf(organization))),
    inProjects: unionOf(all.map(({ everyProject }) => setOf(everyProject))),
  };
}

function uncertainRights({ organization, inProjects }: Omit<RoleRights, "called">): Omit<RoleRights, "called"> {
  return { organization: uncertain(organization), inProjects: uncertain(inProjects) };
}

/** What a declared role gives; undefined when the stack declares none of that name, or its system has no table of permissions. */
function customRights(
  view: StackView,
  holder: SeenObject<"OrganizationMember" | "ProjectMember">,
  role: string | Unknown | undefined,
): RoleRights | undefined {
  const declared = view.target<"Role">(holder, "role");
  const table = permissionsOf(holder.system);
  if (declared === undefined || table === undefined) return undefined;
  const called = `${known(role) ?? declared.name} (custom role)`;
  const permissions = permissionsIn(declared);
  const given = [
    table.always,
    ...permissions.named.flatMap((name) => (Object.hasOwn(table.permissions, name) ? (table.permissions[name] ?? []) : [])),
  ];
  const open = permissions.isComplete ? [] : [uncertainRights(mostOfOrganization(adapterOf(holder.system).roles.organization))];
  return {
    organization: unionOf([...given.map(({ organization = [] }) => setOf(organization)), ...open.map((rights) => rights.organization)]),
    inProjects: unionOf([...given.map(({ everyProject = [] }) => setOf(everyProject)), ...open.map((rights) => rights.inProjects)]),
    called,
  };
}

function permissionsIn({ inputs }: SeenObject<"Role">): { readonly named: readonly string[]; readonly isComplete: boolean } {
  const all: readonly (string | Unknown)[] = known(inputs.permissions) ?? [];
  return { named: all.filter((one) => typeof one === "string"), isComplete: inputs.permissions !== UNKNOWN && !all.includes(UNKNOWN) };
}

function unknownRole(role: string | Unknown | undefined): string {
  return isKnown(role) ? `${role} (unknown role)` : "(known after apply)";
}
