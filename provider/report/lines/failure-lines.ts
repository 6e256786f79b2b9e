import { severityBy } from "../severity.js";
import type { Context } from "./context.js";
import type { Telling } from "./telling.js";

/** What cannot be planned or made. A message of several lines is told by its first one. */
export function failureLines({ failures, placeOf }: Context): readonly Telling[] {
  return failures.map(({ name, message }): Telling => {
    const [first = "", ...rest] = message.split("\n").filter((line) => line.trim() !== "");
    const place = name === undefined ? undefined : placeOf(name, undefined);
    return {
      line: {
        section: "stopped",
        severity: severityBy("failure"),
        text: name === undefined ? first : `${name}: ${first}`,
        ...(name === undefined ? {} : { object: name }),
        values: [],
        details: rest,
        ...(place === undefined ? {} : { place }),
      },
      tells: [],
    };
  });
}
