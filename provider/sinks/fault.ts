import { type GatehouseError, Refused, Unreachable } from "../errors.js";

/** What an error of an SDK says of the answer that it got. */
export interface Fault {
  /** HTTP status; absent when no whole answer came. */
  readonly status?: number | undefined;
  /** True when nothing was sent: there was no credential to send it with. */
  readonly neverSent?: boolean | undefined;
  /** The sink's own words, or a word for what happened to the connection. */
  readonly said?: string | undefined;
  readonly requestId?: string | undefined;
  /** What would help, where the type knows more than a status says. */
  readonly advice?: string | undefined;
}

const LONGEST_TEXT_SAID = 300;

/** The error that a fault means. Whoever calls takes secrets out of what the sink said. */
export function faultError({ status, neverSent = false, said, requestId, advice }: Fault, subject: string, doing: string): GatehouseError {
  const answer = neverSent ? "nothing was sent" : status === undefined ? "no whole answer came" : `status ${status}`;
  const words = said === undefined || said === "" ? "" : `: ${said.replace(/\s+/g, " ").slice(0, LONGEST_TEXT_SAID)}`;
  const parts = { subject, what: `${doing}: ${answer}${words}`, requestId, advice: advice ?? adviceOn(status) };
  return !neverSent && leavesOpen(status) ? new Unreachable(parts) : new Refused(parts);
}

/** True where nobody can know what the sink did. */
function leavesOpen(status: number | undefined): boolean {
  return status === undefined || status === 408 || status >= 500;
}

function adviceOn(status: number | undefined): string {
  if (leavesOpen(status)) return "Check that the sink is up and that its address is right, then run again: delivering twice does no harm.";
  if (status === 401) return "Its credential is wrong, expired or revoked: renew the one that GATEHOUSE_SINKS names.";
  if (status === 403) return "Its credential is good and may not do this: give it the right to write there.";
  if (status === 429) return "It has too many requests: run again later.";
  return "Change the settings of the sink in the file that GATEHOUSE_SINKS names, or what stands in its way there, and run again.";
}
