import { durationMs } from "../../../schema/duration.js";
import { InvalidInput } from "../../errors.js";

const LONGEST_MS = durationMs("1d");

/** The milliseconds of `30s`, `5m` or `1h`, from one second to one day. Throws InvalidInput for anything else. */
export function parseInterval(text: string): number {
  const ms = durationMs(text);
  if (ms >= 1000 && ms <= LONGEST_MS) return ms;
  throw new InvalidInput({ subject: "--interval", what: `is "${text}"`, advice: "Give 30s, 5m or 1h: from one second to one day." });
}
