import { causesOf, organizationOf } from "../administrators.js";
import { changeDigest, collectionDigest } from "../digest.js";
import type { Finding, Gate } from "../gate.js";
import { planesIn } from "../holdings.js";
import { actsAfter, actsBefore } from "../membership.js";
import { ADMINISTRATION, organizationPowers } from "../powers-of-role.js";

export const selfLockout: Gate = {
  name: "self-lockout",
  title: "The identity that applies the stack takes its own rights away",
  why: "The run would stop half-way, and no later run could put it right.",
  judge: (facts) =>
    planesIn(facts.changes).flatMap((plane): Finding[] => {
      const actor = facts.live[plane]?.actor?.toLowerCase();
      const { members, roles } = organizationOf(facts, plane);
      const self = members.find(({ user, before }) => user === actor && before !== undefined);
      if (self === undefined) return [];
      const had = organizationPowers(roles, "before", self.before?.role);
      const runsOut = actsBefore(self, facts.today) && !actsAfter(self, facts.today);
      const has = organizationPowers(roles, "after", runsOut ? undefined : self.after?.role);
      const lost = ADMINISTRATION.filter((one) => had.has(one) && !has.has(one)).map((one) => WORDS[one]);
      const causes = causesOf(self, plane, facts);
      const [first, ...rest] = causes;
      if (lost.length === 0 || first === undefined) return [];
      return [
        {
          object: first.name,
          change: rest.length === 0 ? changeDigest(first) : collectionDigest(causes),
          what: `${actor}, as whom this runs, could no longer ${lost.join(" and ")}`,
          advice: "Let another administrator apply this change, or keep the role of the identity that applies.",
        },
      ];
    }),
};

const WORDS: Readonly<Record<(typeof ADMINISTRATION)[number], string>> = {
  "organization manageMembers": "manage members",
  "organization configure": "change settings of the organization",
};
