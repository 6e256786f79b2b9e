import { permissionsOf } from "../../schema/systems/permissions/index.js";
import type { Permitted } from "../../schema/systems/permissions/permission-table.js";
import { CAPABILITIES, type Capability, type RoleTable } from "../../schema/systems/roles.js";
import type { Adapter } from "../adapters/adapter.js";
import { capabilityInWords } from "../report/access/words.js";

/** What a role lets a person do, in words that mean the same in every system: `manageKeys in every project`. */
export type Powers = ReadonlySet<string>;

const ORGANIZATION = "the organization";
const OWN_PROJECTS = "projects of one's own making";

/** That of the organization which every member has in some way: its name, and that it is there. */
export const SEES_ORGANIZATION = "view in the organization";

/**
 * Powers of a role in the organization, with those that its holder could give to somebody else: whoever may give a role has it in effect.
 * `custom` are the permissions of the roles that the stack defines. Undefined for a role that nobody knows.
 */
export function organizationPowers(
  { roles, system }: Adapter,
  role: string,
  custom: ReadonlyMap<string, readonly string[]> = new Map(),
): Powers | undefined {
  if (Object.hasOwn(roles.organization, role)) return new Set(withGivable(roles.organization, role, ownPowers(roles)));
  const permissions = custom.get(role);
  return permissions === undefined ? undefined : permissionPowers(system, permissions);
}

/** Powers of a role in one project, in the same way. */
export function projectPowers(
  { roles, system }: Adapter,
  role: string,
  custom: ReadonlyMap<string, readonly string[]> = new Map(),
): Powers | undefined {
  if (Object.hasOwn(roles.project, role)) {
    return new Set(withGivable(roles.project, role, (name) => powersIn("the project", roles.project[name]?.capabilities)));
  }
  const permissions = custom.get(role);
  if (permissions === undefined) return undefined;
  const powers = permissionPowers(system, permissions);
  return new Set(CAPABILITIES.filter((one) => powers.has(`${one} in every project`)).map((one) => `${one} in the project`));
}

/** Powers that a custom role has by these permissions; all of them when one lets its holder grow. */
export function permissionPowers(system: string, permissions: readonly string[]): Powers {
  const table = permissionsOf(system);
  if (table === undefined) return new Set();
  if (permissions.some((name) => table.growing.includes(name))) {
    return new Set(permitted({ organization: CAPABILITIES, everyProject: CAPABILITIES }));
  }
  return new Set([table.always, ...permissions.map((name) => table.permissions[name] ?? {})].flatMap(permitted));
}

/** What the first has and the second has not. */
export function beyond(powers: Powers, others: Powers): readonly string[] {
  return [...powers].filter((one) => !others.has(one));
}

function ownPowers({ organization, project }: RoleTable): (role: string) => readonly string[] {
  return (name) => {
    const role = organization[name];
    if (role === undefined) return [];
    const made = role.organization.includes("createProjects") ? project[role.roleOfCreator ?? ""]?.capabilities : [];
    return [...permitted(role), ...powersIn(OWN_PROJECTS, made)];
  };
}

function permitted({ organization, everyProject }: Permitted): readonly string[] {
  return [...powersIn(ORGANIZATION, organization), ...powersIn("every project", everyProject), ...powersIn(OWN_PROJECTS, everyProject)];
}

/** Whoever makes a key is shown its secret, and calls models with it, whether a table says so or not. */
function powersIn(place: string, capabilities: readonly Capability[] = []): readonly string[] {
  const callsByKey = place !== ORGANIZATION && capabilities.includes("manageKeys") && !capabilities.includes("callModels");
  return [...capabilities, ...(callsByKey ? ["callModels"] : [])].map((one) => `${one} in ${place}`);
}

interface Giving {
  readonly protectedRoles?: readonly string[];
}

function withGivable(table: Readonly<Record<string, Giving>>, role: string, powersOf: (role: string) => readonly string[]) {
  const own = powersOf(role);
  if (!own.some((one) => one === "manageMembers in the organization" || one === "manageMembers in the project")) return own;
  const givable = Object.keys(table).filter((name) => !table[role]?.protectedRoles?.includes(name));
  return [...own, ...givable.flatMap(powersOf).filter((one) => !one.endsWith(OWN_PROJECTS))];
}

/** Powers as a person reads them, by place: `view, manage keys in every project`. */
export function powersText(powers: readonly string[]): string {
  const byPlace = new Map<string, string[]>();
  for (const power of powers) {
    const [capability = "", place = ""] = power.split(/ in (.*)/);
    // What is so in every project is so in those of one's own making.
    if (place === OWN_PROJECTS && powers.includes(`${capability} in every project`)) continue;
    byPlace.set(place, [...(byPlace.get(place) ?? []), capabilityInWords(capability)]);
  }
  return [...byPlace].map(([place, words]) => `${words.join(", ")} in ${place}`).join("; ");
}
