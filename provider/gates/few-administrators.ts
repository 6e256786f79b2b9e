import type { Finding } from "../plan/changes.js";
import { administratorsOf, ENOUGH_ADMINISTRATORS } from "./administrators.js";
import { collectionName } from "./collection-name.js";
import type { Facts } from "./facts.js";
import { holdingsOf, planesIn } from "./holdings.js";

/** Organizations that fewer than two people can administer as they stand, without any change. Needs every member, declared or not. */
export function fewAdministrators(facts: Facts): readonly Finding[] {
  return planesIn(facts.changes).flatMap((plane): Finding[] => {
    if (holdingsOf(facts, plane).of("OrganizationMember").length === 0) return [];
    const { before } = administratorsOf(facts, plane);
    if (before.length >= ENOUGH_ADMINISTRATORS) return [];
    const who = before.length === 0 ? "nobody" : `only ${before.join(", ")}`;
    return [
      {
        kind: "OrganizationMember",
        name: collectionName(plane, "members:administrators"),
        property: "role",
        value: String(before.length),
        message: `has ${who} who can act: make another active member owner or administrator; open invitations do not count`,
      },
    ];
  });
}
