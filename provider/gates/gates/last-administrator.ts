import { administratorsOf, ENOUGH_ADMINISTRATORS, type Holders, ownersOf } from "../administrators.js";
import { collectionName } from "../collection-name.js";
import { collectionDigest } from "../digest.js";
import type { Facts } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { planesIn } from "../holdings.js";
import { removalLimit } from "../removal-limit.js";

export const lastAdministrator: Gate = {
  name: "last-administrator",
  title: "The organization loses its last owner, all or most who administer it, or all but one of them",
  why: "Whoever is left, or comes instead, has the organization alone; if that is nobody, only the vendor can let you in again.",
  judge: (facts) => planesIn(facts.changes).flatMap((plane) => onPlane(plane, facts)),
};

function onPlane(plane: string, facts: Facts): readonly Finding[] {
  const administrators = administratorsOf(facts, plane);
  const lostRoles = [...ownersOf(facts, plane)].filter(([, { before, after }]) => before.length > 0 && after.length === 0);
  const lost = [
    ...lossOf(administrators, facts),
    ...lostRoles.map(
      ([role, { before }]) => `nobody would be ${role} any more, as ${before.join(", ")} ${before.length === 1 ? "is" : "are"}`,
    ),
  ];
  if (lost.length === 0) return [];
  return [
    {
      object: collectionName(plane, "members:administrators"),
      change: collectionDigest([administrators, ...lostRoles.map(([, owners]) => owners)].flatMap(({ changedBy }) => changedBy)),
      what: lost.join("; "),
      advice:
        "Make another active member owner or administrator first, and let the others go one by one: invitations that nobody accepted yet do not count.",
    },
  ];
}

/** What is lost of those who administer, all roles that administer together. Whoever destroys a stack means to take its members along. */
function lossOf({ before, after }: Holders, { operation }: Facts): readonly string[] {
  const lost = before.filter((user) => !after.includes(user));
  const gained = after.filter((user) => !before.includes(user));
  if (lost.length === 0) return [];
  if (lost.length === before.length && gained.length > 0)
    return [`nobody of ${before.join(", ")} would administer the organization any more, and ${gained.join(", ")} would instead`];
  if (after.length < before.length && after.length < (operation === "destroy" ? 1 : ENOUGH_ADMINISTRATORS))
    return [`of ${before.join(", ")} ${after.length === 0 ? "nobody" : `only ${after.join(", ")}`} would administer the organization`];
  if (operation === "destroy" || lost.length <= removalLimit(before.length)) return [];
  const instead = gained.length === 0 ? "" : `, and ${gained.join(", ")} would instead`;
  return [`${lost.length} of ${before.length} who administer the organization would no longer (${lost.join(", ")})${instead}`];
}
