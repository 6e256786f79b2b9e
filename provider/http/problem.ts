import { AlreadyExists, Forbidden, type GatehouseError, NotFound, RateLimited, Refused, Unauthorized, Unreachable } from "../errors.js";
import type { Answer } from "./client.js";

/** What a refusal says, as far as it says it. */
export interface ProblemDocument {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { property?: string; reason?: string }[];
}

/** Reads a refusal of a system that answers with bodies of its own. Gives the codes `not_found` and `already_exists` where they are meant. */
export type ReadRefusal = (answer: Pick<Answer, "status" | "body">) => ProblemDocument;

const readProblem: ReadRefusal = ({ body }) => (typeof body === "object" && body !== null ? body : {}) as ProblemDocument;

/** What to do about an address that answers and has not what was called. */
export const NO_SUCH_CALL = "It answers and knows no such call: check the system and the url of the control plane.";

/**
 * The error that an answer of 400 or above means, for systems that answer with problem documents (RFC 9457) or in the way that `read` reads.
 * Only the code `not_found` means a gone object: a 404 of a route that does not exist must never delete anything from the state.
 */
export function errorOf(answer: Answer, subject: string, doing: string, read: ReadRefusal = readProblem): GatehouseError {
  const problem = read(answer);
  const reasons = (problem.errors ?? []).map((e) => `${e.property ?? "?"}: ${e.reason ?? "refused"}`);
  const said = [problem.detail ?? problem.title ?? `status ${answer.status}`, ...reasons].join("; ");
  const parts = { subject, what: `${doing}: ${said}`, requestId: answer.requestId };
  const { status } = answer;
  if (status === 401) {
    return new Unauthorized({ ...parts, advice: "The token is wrong, expired or revoked: set the variable that names it to a valid one." });
  }
  if (status === 403) return new Forbidden({ ...parts, advice: "Use a token whose member may do this, or ask an owner or admin." });
  if (status === 404 && problem.code === "not_found") return new NotFound(parts);
  if (problem.code === "already_exists") return new AlreadyExists(parts);
  if (status === 429) return new RateLimited({ ...parts, advice: "Run again later: what is done stays done." });
  if (status >= 500)
    return new Unreachable({ ...parts, advice: "The control plane failed. Run again; if it stays, give its operator the request id." });
  if (status === 404) return new Refused({ ...parts, advice: NO_SUCH_CALL });
  return new Refused({ ...parts, advice: "Change what is declared, or what stands in its way there, and run again." });
}
