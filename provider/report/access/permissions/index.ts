import { gatehousePermissions } from "./gatehouse.js";
import type { PermissionTable } from "./permission-table.js";
import { routerlyPermissions } from "./routerly.js";

/** What permissions mean, by system. A system that is not here lets nobody define roles. */
const TABLES: Readonly<Record<string, PermissionTable>> = { gatehouse: gatehousePermissions, routerly: routerlyPermissions };

/** The table of a system, or undefined when it has none. */
export function permissionsOf(system: string): PermissionTable | undefined {
  return Object.hasOwn(TABLES, system) ? TABLES[system] : undefined;
}
