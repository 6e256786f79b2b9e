import { daysUntil } from "../../schema/day-after.js";
import type { Kind } from "../../schema/kind.js";
import { environmentOf } from "../gates/environment-class.js";
import { holdingsOf } from "../gates/holdings.js";
import { type Facts, liveObjectOf } from "../gates/index.js";
import { administers, organizationPowers, rolesOn } from "../gates/powers-of-role.js";
import { valuesOf } from "./plane-objects.js";
import type { ListedObject, PlaneQuestion } from "./question.js";
import type { Judged } from "./severity.js";

const MEMBER = "OrganizationMember";

/** What can be told of an object by itself, and by what is there beside it. */
export interface Known extends Judged {
  readonly ageDays: number | undefined;
  /** ISO 8601. */
  readonly lastUsedAt: string | undefined;
}

/** Tells of each object at a control plane what is known of it on this day. */
export function knownAt(
  { name, system, objects }: Pick<PlaneQuestion, "name" | "system" | "objects">,
  today: string,
): (object: ListedObject) => Known {
  const facts: Facts = {
    changes: { objects: [], controlPlanes: [] },
    live: { [name]: { actor: undefined, objects: objects.map(liveObjectOf) } },
    operation: "up",
    today,
  };
  const roles = rolesOn(name, system, facts);
  const showsUse = new Set(objects.filter((object) => lastUseOf(object) !== undefined).map(({ kind }) => kind.name));
  return (object) => {
    const { kind, remote } = object;
    const values = valuesOf(object);
    const environment = environmentOf(kind.name, values, holdingsOf(facts, name));
    const ageDays = daysSince(remote.createdAt, today);
    const lastUsedAt = lastUseOf(object);
    // A system that has told no use at all may not be telling any.
    const unusedDays = showsUse.has(kind.name) ? ageDays : undefined;
    return {
      kind,
      values,
      environment: typeof environment === "string" ? environment : undefined,
      administers: isMember(kind) && administers(organizationPowers(roles, "before", values.role)),
      idleDays: lastUsedAt === undefined ? unusedDays : daysSince(lastUsedAt, today),
      ageDays,
      lastUsedAt,
    };
  };
}

function isMember({ name }: Kind): boolean {
  return name === MEMBER;
}

function lastUseOf({ remote }: ListedObject): string | undefined {
  const { lastUsedAt } = remote.values;
  return typeof lastUsedAt === "string" ? lastUsedAt : undefined;
}

/** Undefined for what is no time. */
function daysSince(time: string | undefined, today: string): number | undefined {
  const at = Date.parse(time ?? "");
  return Number.isNaN(at) ? undefined : Math.max(0, daysUntil(today, new Date(at).toISOString().slice(0, 10)));
}
