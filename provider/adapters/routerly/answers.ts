import { AlreadyExists, Forbidden, type GatehouseError, NotFound, Refused, Unauthorized, Unreachable } from "../../errors.js";
import type { Answer } from "../../http/client.js";

/** The bodies of refusals: those of a handler have an `error` text, those of the framework a `code`, that of no route a `message`. */
interface Refusal {
  readonly error?: string;
  readonly message?: string;
  readonly code?: string;
}

/** Texts of the 404 of an object that is gone. Any other 404 says that the address is none. */
const GONE = ["Not found", "User not found", "Role not found", "Project not found", "Token not found", "Member not found"];

/** True when another writer held the collection, so that nothing was written. */
export function wasNotDone({ status, body }: Answer): boolean {
  return status === 500 && refusalIn(body).code === "ELOCKED";
}

/** The body of a good answer. Throws what another one means; only a creation can find that something exists already. */
export function bodyOf<T>(answer: Answer, subject: string, doing: string, isCreation = false): T {
  if (answer.status >= 400) throw errorOf(answer, subject, doing, isCreation);
  return answer.body as T;
}

function errorOf(answer: Answer, subject: string, doing: string, isCreation: boolean): GatehouseError {
  const { status } = answer;
  const { error = "", message = "" } = refusalIn(answer.body);
  const said = message === "" ? error || `status ${status}` : message;
  const parts = { subject, what: `${doing}: ${said}`, requestId: answer.requestId };
  if (status === 401)
    return new Unauthorized({ ...parts, advice: "Log in again with a valid session token, or give e-mail and password." });
  if (status === 403) return new Forbidden({ ...parts, advice: "Give the account a role with this permission." });
  if (status === 404 && GONE.includes(error)) return new NotFound(parts);
  if (status === 404) return new Unreachable({ ...parts, advice: "The address is none of this version: check the URL and the version." });
  if (status === 409 && isCreation) return new AlreadyExists(parts);
  if (status >= 500) return new Unreachable({ ...parts, advice: "The server failed or did not understand the request. Run again." });
  return new Refused(parts);
}

function refusalIn(body: unknown): Refusal {
  return (typeof body === "object" && body !== null ? body : {}) as Refusal;
}
