import { severityBy } from "../severity.js";
import type { Context } from "./context.js";
import type { Telling } from "./telling.js";

/** What only a person can put right. */
export function findingLines({ findings, placeOf }: Context): readonly Telling[] {
  return findings.map(({ kind, name, message }): Telling => {
    const place = placeOf(name, undefined);
    return {
      line: {
        section: "findings",
        severity: severityBy("finding"),
        text: `${kind} ${name} ${message}`,
        object: name,
        kind,
        values: [],
        details: [],
        ...(place === undefined ? {} : { place }),
      },
      tells: [],
    };
  });
}
