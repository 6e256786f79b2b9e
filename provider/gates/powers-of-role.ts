import { permissionsOf } from "../../schema/systems/permissions/index.js";
import type { PermissionTable } from "../../schema/systems/permissions/permission-table.js";
import { type Capability, administers as isAdministration, type RoleTable } from "../../schema/systems/roles.js";
import { adapterOf } from "../adapters/index.js";
import type { Facts } from "./facts.js";
import { holdingsOf } from "./holdings.js";

/** What a role gives: capabilities in the organization, in every project, permissions in a system's own words, and administration. */
export type Powers = ReadonlySet<string>;

/** Permissions of the custom roles by name, before and after the change. */
interface CustomRoles {
  readonly before: ReadonlyMap<string, readonly string[]>;
  readonly after: ReadonlyMap<string, readonly string[]>;
}

export interface Roles {
  readonly table: RoleTable;
  /** What permissions of custom roles mean; undefined where nobody can define one. */
  readonly permissions: PermissionTable | undefined;
  readonly custom: CustomRoles;
}

const ROLE = "Role";

/** The roles of one control plane. */
export function rolesOn(controlPlane: string, system: string, facts: Facts): Roles {
  const before = new Map(
    holdingsOf(facts, controlPlane)
      .of(ROLE)
      .map(({ values }) => [String(values.name), namesIn(values.permissions)]),
  );
  const after = new Map(before);
  const steps = facts.changes.objects.filter((step) => step.kind === ROLE && step.controlPlane === controlPlane);
  for (const step of steps) if (step.operation === "delete" || step.operation === "replace") after.delete(String(step.before?.inputs.name));
  for (const { after: inputs } of steps) if (inputs !== undefined) after.set(String(inputs.name), namesIn(inputs.permissions));
  return { table: adapterOf(system).roles, permissions: permissionsOf(system), custom: { before, after } };
}

/** Powers of a role in the organization. A role that nobody knows, or that only an apply will know, gives none. */
export function organizationPowers(roles: Roles, when: keyof CustomRoles, role: unknown): Powers {
  const builtIn = named(roles.table.organization, role);
  if (builtIn === undefined) return customPowers(roles, roles.custom[when].get(String(role)));
  const projects = builtIn.everyProject.map((one) => `projects ${one}`);
  return new Set([...inOrganization(roles.table, builtIn.organization), ...projects]);
}

/** Powers of a role in one project. */
export function projectPowers(roles: Roles, when: keyof CustomRoles, role: unknown): Powers {
  const builtIn = named(roles.table.project, role);
  return builtIn === undefined ? customPowers(roles, roles.custom[when].get(String(role))) : new Set(builtIn.capabilities);
}

/** True when the powers make an administrator of the organization. */
export function administers(powers: Powers): boolean {
  return powers.has(ADMINISTERS);
}

/** What an administrator can do that an organization cannot be without. */
export const ADMINISTRATION = ["organization manageMembers", "organization configure"] as const;

const ADMINISTERS = "administers";

/** Permissions count besides what they give: of two roles one may have more of them, and give as much. */
function customPowers({ table, permissions }: Roles, names: readonly string[] = []): Powers {
  const given = names.flatMap((name) => named(permissions?.permissions ?? {}, name)?.organization ?? []);
  return new Set([...names.map((name) => `permission ${name}`), ...inOrganization(table, given)]);
}

function inOrganization(table: RoleTable, capabilities: readonly Capability[]): readonly string[] {
  return [...capabilities.map((one) => `organization ${one}`), ...(isAdministration(table, capabilities) ? [ADMINISTERS] : [])];
}

function named<T>(table: Readonly<Record<string, T>>, name: unknown): T | undefined {
  return typeof name === "string" && Object.hasOwn(table, name) ? table[name] : undefined;
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
