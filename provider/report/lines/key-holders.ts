import { UNKNOWN } from "../../../schema/unknown.js";
import type { Access, Holder } from "../access/access.js";

/** Keys by control plane and name, as effective access knows them. One that gives nothing is not there. */
export type KeyHolders = (controlPlane: string, name: string) => readonly Holder[];

export function keyHolders(access: Access): KeyHolders {
  const found = new Map<string, Holder[]>();
  for (const plane of access.planes.values()) {
    for (const holder of plane.holders.values()) {
      if (holder.subject.type !== "key") continue;
      const key = `${plane.name}\n${holder.subject.name}`;
      const same = found.get(key);
      if (same === undefined) found.set(key, [holder]);
      else same.push(holder);
    }
  }
  return (controlPlane, name) => found.get(`${controlPlane}\n${name}`) ?? [];
}

/** True for a key that is of the production class, or may be: by its own word, else by that of its project. */
export function isProduction(own: unknown, holders: readonly Holder[]): boolean {
  if (own === UNKNOWN) return true;
  if (own !== undefined) return own === "production";
  return holders.some(({ environment }) => environment === "production" || environment === "unknown");
}

/** True for a key that serves some projects and not every one. */
export function isLocked(holders: readonly Holder[]): boolean {
  return holders.length > 0 && holders.every(({ everyProject, projects }) => everyProject.length === 0 && projects.size > 0);
}
