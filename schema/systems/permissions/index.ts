import { gatehousePermissions } from "./gatehouse.js";
import type { PermissionTable } from "./permission-table.js";
import { routerlyPermissions } from "./routerly.js";

/** What permissions mean, by system. A system that is not here lets nobody define roles. */
const TABLES: Readonly<Record<string, PermissionTable>> = { gatehouse: gatehousePermissions, routerly: routerlyPermissions };

/** All permissions that a custom role of a system may have; none where nobody can define one. */
export function permissionNames(system: string): readonly string[] {
  return Object.keys(permissionsOf(system)?.permissions ?? {});
}

/** The table of a system, or undefined when it has none. */
export function permissionsOf(system: string): PermissionTable | undefined {
  return Object.hasOwn(TABLES, system) ? TABLES[system] : undefined;
}
