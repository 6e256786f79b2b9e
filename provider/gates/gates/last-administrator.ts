import { administratorsOf } from "../administrators.js";
import { collectionName } from "../collection-name.js";
import { collectionDigest } from "../digest.js";
import type { Finding, Gate } from "../gate.js";
import { planesIn } from "../holdings.js";

export const lastAdministrator: Gate = {
  name: "last-administrator",
  title: "Fewer than two people administer the organization afterwards",
  why: "The last administrator's illness, departure or lost device locks everybody out, and only the vendor can let you in again.",
  judge: (facts) =>
    planesIn(facts.changes).flatMap((plane): Finding[] => {
      const { before, after, lostBy } = administratorsOf(plane, facts);
      const enough = facts.operation === "destroy" ? 1 : 2;
      if (after.length >= before.length || after.length >= enough) return [];
      return [
        {
          object: collectionName(plane, "members:administrators"),
          change: collectionDigest(lostBy),
          what: `of ${before.join(", ")} ${after.length === 0 ? "nobody" : `only ${after.join(", ")}`} would administer the organization`,
          advice: "Make another active member owner or administrator first: invitations that nobody accepted yet do not count.",
        },
      ];
    }),
};
