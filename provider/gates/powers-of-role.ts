import type { Capability, RoleTable } from "../../schema/systems/roles.js";
import { adapterOf } from "../adapters/index.js";
import type { Facts } from "./facts.js";
import { holdingsOf } from "./holdings.js";

/** What a role gives: capabilities in the organization, in every project, and permissions in a system's own words. */
export type Powers = ReadonlySet<string>;

/** Permissions of the custom roles by name, before and after the change. */
interface CustomRoles {
  readonly before: ReadonlyMap<string, readonly string[]>;
  readonly after: ReadonlyMap<string, readonly string[]>;
}

export interface Roles {
  readonly table: RoleTable;
  readonly custom: CustomRoles;
}

const ROLE = "Role";

/** The roles of one control plane. */
export function rolesOn(controlPlane: string, system: string, facts: Facts): Roles {
  const before = new Map(
    holdingsOf(facts, controlPlane)
      .of(ROLE)
      .map(({ values }) => [String(values.name), permissionsOf(values.permissions)]),
  );
  const after = new Map(before);
  const steps = facts.changes.objects.filter((step) => step.kind === ROLE && step.controlPlane === controlPlane);
  for (const step of steps) if (step.operation === "delete" || step.operation === "replace") after.delete(String(step.before?.inputs.name));
  for (const { after: inputs } of steps) if (inputs !== undefined) after.set(String(inputs.name), permissionsOf(inputs.permissions));
  return { table: adapterOf(system).roles, custom: { before, after } };
}

/** Powers of a role in the organization. A role that nobody knows, or that only an apply will know, gives none. */
export function organizationPowers({ table, custom }: Roles, when: keyof CustomRoles, role: unknown): Powers {
  const builtIn = named(table.organization, role);
  if (builtIn === undefined) return customPowers(custom[when].get(String(role)));
  return new Set([...builtIn.organization.map((one) => `organization ${one}`), ...builtIn.everyProject.map((one) => `projects ${one}`)]);
}

/** Powers of a role in one project. */
export function projectPowers({ table, custom }: Roles, when: keyof CustomRoles, role: unknown): Powers {
  const builtIn = named(table.project, role);
  return builtIn === undefined ? customPowers(custom[when].get(String(role))) : new Set(builtIn.capabilities);
}

/** True when the powers are enough to manage the members of the organization and its settings. */
export function administers(powers: Powers): boolean {
  return ADMINISTRATION.every((one) => powers.has(one));
}

/** What an administrator has and nobody else. */
export const ADMINISTRATION = ["organization manageMembers", "organization configure"] as const;

/** Permissions of custom roles that administer: `user:write` of Routerly covers users, roles and settings. */
const ADMINISTERING: Readonly<Record<string, readonly Capability[]>> = {
  "user:write": ["manageMembers", "configure"],
  "member:write": ["manageMembers"],
  "organization:write": ["configure"],
  "security:write": ["configure"],
};

function customPowers(permissions: readonly string[] = []): Powers {
  const derived = permissions.flatMap((one) => (Object.hasOwn(ADMINISTERING, one) ? (ADMINISTERING[one] ?? []) : []));
  return new Set([...permissions.map((one) => `permission ${one}`), ...derived.map((one) => `organization ${one}`)]);
}

function named<T>(roles: Readonly<Record<string, T>>, role: unknown): T | undefined {
  return typeof role === "string" && Object.hasOwn(roles, role) ? roles[role] : undefined;
}

function permissionsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
