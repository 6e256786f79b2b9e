import type { Holder } from "./access.js";
import type { Place } from "./reach.js";

/** The places of a matrix for one subject, as it is at one time or at several: projects are those in which something was given. */
export function placesOf(...holders: readonly (Holder | undefined)[]): readonly Place[] {
  const projects = [...new Set(holders.flatMap((holder) => [...(holder?.projects.keys() ?? [])]))].toSorted();
  return [{ in: "organization" }, { in: "everyProject" }, ...projects.map((project) => ({ in: "project", project }) as const)];
}

/** People before keys, each by name. */
export function bySubject({ subject: one }: Holder, { subject: other }: Holder): number {
  if (one.type !== other.type) return one.type === "person" ? -1 : 1;
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}
