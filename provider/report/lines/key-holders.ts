import { UNKNOWN } from "../../../schema/unknown.js";
import { type Access, type Holder, idOf } from "../access/access.js";

/** A key as effective access knows it; undefined for one that gives nothing. */
export function keyHolder({ planes }: Access, controlPlane: string, urn: string): Holder | undefined {
  return planes.get(controlPlane)?.holders.get(idOf({ subject: { type: "key", name: "" }, urn }));
}

/** True for a key that is of the production class, or may be: by its own word, else by that of its project. */
export function isProduction(own: unknown, holder: Holder | undefined): boolean {
  if (own === UNKNOWN) return true;
  return own === undefined ? mayBeProduction(holder?.environment) : own === "production";
}

/** True for the production class, and for one that nobody knows. */
export function mayBeProduction(environment: string | undefined): boolean {
  return environment === "production" || environment === "unknown";
}

/** True for a key that serves some projects and not every one. */
export function isLocked(holder: Holder | undefined): boolean {
  return holder !== undefined && holder.everyProject.length === 0 && holder.projects.size > 0;
}
