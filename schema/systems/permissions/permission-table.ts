import type { Capability } from "../roles.js";

/** What one permission of a custom role gives. */
export interface Permitted {
  readonly organization?: readonly Capability[];
  readonly everyProject?: readonly Capability[];
}

/** What custom roles mean in one system. */
export interface PermissionTable {
  /** What everybody has who has any role. */
  readonly always: Permitted;
  /** By permission, in the system's words. One that is not here gives nothing. */
  readonly permissions: Readonly<Record<string, Permitted>>;
  /** Permissions with which the holder can come to have all the others. */
  readonly growing: readonly string[];
}
