import { permissionsOf } from "../../schema/systems/permissions/index.js";
import type { Permitted } from "../../schema/systems/permissions/permission-table.js";
import { CAPABILITIES, type Capability, type RoleTable } from "../../schema/systems/roles.js";
import type { Adapter } from "../adapters/adapter.js";
import { capabilityInWords } from "../report/access/words.js";

/** What a role lets a person do, in words that mean the same in every system: `manageKeys in every project`. */
export type Powers = ReadonlySet<string>;

const ORGANIZATION = "the organization";
const PROJECT = "the project";
/** Before a power that the holder has, or could give. A role must be no more in either. */
const REACH = "within reach: ";
const GIVE_EVERY_ROLE = "give every role";
const OWN_PROJECTS = "projects of one's own making";

/** That of the organization which every member has in some way: its name, and that it is there. */
const SEES_ORGANIZATION = "view in the organization";

/** Powers that a role may add where none gives less. */
export const MAY_ADD: readonly string[] = [SEES_ORGANIZATION, `${REACH}${SEES_ORGANIZATION}`];

/**
 * Powers of a role in the organization, and what is in reach of its holder by giving roles to somebody. `custom` are the permissions of the roles that the stack defines. Undefined for a role that nobody knows.
 */
export function organizationPowers(
  { roles, system }: Adapter,
  role: string,
  custom: ReadonlyMap<string, readonly string[]> = new Map(),
): Powers | undefined {
  if (Object.hasOwn(roles.organization, role)) return withReach(roles.organization, role, ORGANIZATION, ownPowers(roles));
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
    return withReach(roles.project, role, PROJECT, (name) => powersIn(PROJECT, roles.project[name]?.capabilities));
  }
  const permissions = custom.get(role);
  if (permissions === undefined) return undefined;
  const powers = permissionPowers(system, permissions);
  return reaching(
    CAPABILITIES.filter((one) => powers.has(`${one} in every project`)).map((one) => `${one} in ${PROJECT}`),
    [],
  );
}

/** Powers that a custom role has by these permissions; all of them when one lets its holder grow. */
export function permissionPowers(system: string, permissions: readonly string[]): Powers {
  const table = permissionsOf(system);
  if (table === undefined) return new Set();
  if (permissions.some((name) => table.growing.includes(name))) {
    return reaching(
      [...permitted({ organization: CAPABILITIES, everyProject: CAPABILITIES }), `${GIVE_EVERY_ROLE} in ${ORGANIZATION}`],
      [],
    );
  }
  return reaching([table.always, ...permissions.map((name) => table.permissions[name] ?? {})].flatMap(permitted), []);
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

/** A role with what its holder could come to have, or let others have, by the roles that it may give. */
function withReach(
  table: Readonly<Record<string, Giving>>,
  role: string,
  place: string,
  powersOf: (role: string) => readonly string[],
): Powers {
  const own = powersOf(role);
  if (!own.includes(`manageMembers in ${place}`)) return reaching(own, []);
  const kept = table[role]?.protectedRoles ?? [];
  const givable = Object.keys(table).filter((name) => !kept.includes(name));
  const all = kept.length === 0 ? [`${GIVE_EVERY_ROLE} in ${place}`] : [];
  return reaching([...own, ...all], givable.flatMap(powersOf));
}

function reaching(own: readonly string[], others: readonly string[]): Powers {
  return new Set([...own, ...[...own, ...others].map((one) => `${REACH}${one}`)]);
}

/** Those that a role gives by itself. */
export function ownOf(powers: readonly string[]): readonly string[] {
  return powers.filter((one) => !one.startsWith(REACH));
}

/** Powers as a person reads them, by place: `view, manage keys in every project`. Those in reach only where there are no others. */
export function powersText(all: readonly string[]): string {
  const own = ownOf(all);
  const powers = own.length > 0 ? own : all.map((one) => one.replace(REACH, "give to others: "));
  const byPlace = new Map<string, string[]>();
  for (const power of powers) {
    const [capability = "", place = ""] = power.split(/ in (.*)/);
    // What is so in every project is so in those of one's own making.
    if (place === OWN_PROJECTS && powers.includes(`${capability} in every project`)) continue;
    byPlace.set(place, [...(byPlace.get(place) ?? []), capabilityInWords(capability)]);
  }
  return [...byPlace].map(([place, words]) => `${words.join(", ")} in ${place}`).join("; ");
}
