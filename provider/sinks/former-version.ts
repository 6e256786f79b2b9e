import { Refused } from "../errors.js";
import type { Delivered } from "./sink.js";

/** The version to go back to. Throws Refused when the sink now writes elsewhere than it did, or no version was recorded. */
export function formerVersion(former: Delivered, place: string): string {
  if (former.place === place && former.version !== undefined) return former.version;
  const what =
    former.place === place
      ? `no version of ${place} was recorded`
      : `it was delivered to ${former.place}, and the sink now writes to ${place}`;
  throw new Refused({ what, advice: "Rotate the key instead: its new secret is delivered to where the sink writes now." });
}
