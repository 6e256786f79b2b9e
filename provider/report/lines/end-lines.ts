import { type End, endText } from "../../ends/index.js";
import { type SeverityRuleName, severityBy } from "../severity.js";
import type { Context } from "./context.js";
import type { Telling } from "./telling.js";

const RULES: Readonly<Record<End["stake"], SeverityRuleName>> = {
  production: "production-ends-soon",
  access: "access-ends-soon",
  word: "word-ends-soon",
};

const ENDED_BY: Readonly<Record<End["endedBy"], readonly string[]>> = {
  controlPlane: [],
  run: ["the control plane does not end it by itself: the first run on that day does"],
  itself: [],
};

/** What ends soon, what is over and still there, and what of the stack file is over. */
export function endLines({ ends, placeOf }: Context): readonly Telling[] {
  return ends.map((end): Telling => {
    const { kind, name, property, stake, endedBy, namedBy, isSpent, position } = end;
    const place = position ?? placeOf(name, property) ?? placeOf(name, undefined);
    return {
      line: {
        section: "ends",
        severity: severityBy(RULES[stake]),
        text: endText(end),
        object: name,
        kind,
        values: [],
        details: isSpent ? [] : [...ENDED_BY[endedBy], ...namedBy.map((other) => `${other} names it`)],
        ...(place === undefined ? {} : { place }),
      },
      tells: [],
    };
  });
}
