/**
 * What can go wrong, one class per decision that a caller can take. A message says what, which object, why, and what to do next;
 * it carries the request id where there is one, and never a secret.
 */

/** Exit codes of the command line. Contract: DESIGN.md §6. */
export const EXIT = { fine: 0, failed: 1, invalid: 2, stopped: 3, waiting: 4, held: 5, changed: 7 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface ErrorParts {
  /** What happened and why, one sentence without its final stop. */
  readonly what: string;
  /** The object it happened to: `ApiKey "checkout-prod"`. */
  readonly subject?: string | undefined;
  /** What the reader should do next. */
  readonly advice?: string | undefined;
  /** Id of the request at the control plane, for its operator. */
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** Root of all errors that are told to a person. Anything else that is thrown is a defect of Gatehouse. */
export abstract class GatehouseError extends Error {
  /** Stable word for programs; also written into the message, so that it survives the engine. */
  abstract readonly code: string;
  /** Exit code of a command that this error ends. */
  readonly exitCode: ExitCode = EXIT.failed;
  readonly parts: ErrorParts;

  constructor(parts: ErrorParts) {
    // No text here: an own `message` would hide the getter below.
    super(undefined, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.parts = parts;
  }

  override get name(): string {
    return this.constructor.name;
  }

  override get message(): string {
    const { subject, what, advice, requestId } = this.parts;
    return [
      `${subject === undefined ? "" : `${subject}: `}${what} [gatehouse:${this.code}${requestId === undefined ? "" : `, request ${requestId}`}]`,
      ...(advice === undefined ? [] : [advice]),
    ].join("\n  ");
  }
}

/** The same error with other parts: callers tell errors apart by their class. */
export function retold(error: GatehouseError, parts: Partial<ErrorParts>): GatehouseError {
  const Same = error.constructor as new (parts: ErrorParts) => GatehouseError;
  return new Same({ ...error.parts, ...parts });
}

/** The declaration, the configuration or the command line is wrong: nothing was sent. */
export class InvalidInput extends GatehouseError {
  readonly code = "invalid-input";
  override readonly exitCode = EXIT.invalid;
}

/** A credential would go to an address it is not bound to, or is missing. */
export class CredentialRefused extends GatehouseError {
  readonly code = "credential-refused";
  override readonly exitCode = EXIT.invalid;
}

/** The stack belongs to another control plane or organization. */
export class WrongControlPlane extends GatehouseError {
  readonly code = "wrong-control-plane";
  override readonly exitCode = EXIT.invalid;
}

/** A person has to do this at the dashboard and confirm it first. Nothing was recorded. */
export class WaitingForPerson extends GatehouseError {
  readonly code = "waiting";
  override readonly exitCode = EXIT.waiting;
}

/** Another run holds the stack. */
export class StackHeld extends GatehouseError {
  readonly code = "stack-held";
  override readonly exitCode = EXIT.held;
}

/** The engine or its command line could not be had or did not do its work. */
export class EngineFailed extends GatehouseError {
  readonly code = "engine-failed";
}

/** The object does not exist. The only error that means "gone". */
export class NotFound extends GatehouseError {
  readonly code = "not-found";
}

/** An object of that name is there already. */
export class AlreadyExists extends GatehouseError {
  readonly code = "already-exists";
}

/** The control plane refused the change because of a rule of its own (last owner, quota, archived project). */
export class Refused extends GatehouseError {
  readonly code = "refused";
}

/** A secret could not be handed to its sink. Nothing that anybody could use is left of it. */
export class NotDelivered extends GatehouseError {
  readonly code = "not-delivered";
}

/** The credential is missing, wrong or expired at the control plane. */
export class Unauthorized extends GatehouseError {
  readonly code = "unauthorized";
}

/** The credential is good, and may not do this. */
export class Forbidden extends GatehouseError {
  readonly code = "forbidden";
}

/** A preview or check tried to write. A defect, stopped before it left the machine. */
export class ReadOnly extends GatehouseError {
  readonly code = "read-only";
}

/** No answer, a broken answer, or a fault of the server, after all retries. */
export class Unreachable extends GatehouseError {
  readonly code = "unreachable";
}

/** Too many requests, for longer than we wait. */
export class RateLimited extends GatehouseError {
  readonly code = "rate-limited";
}

/** The server answered that it wrote, and holds something else. */
export class NotKept extends GatehouseError {
  readonly code = "not-kept";
}

/** Codes of errors whose exit code differs from 1, to derive the exit code of a run from the engine's events. */
export function exitCodeOfMessage(message: string): ExitCode {
  const code = /\[gatehouse:([a-z-]+)/.exec(message)?.[1];
  const invalid = ["invalid-input", "credential-refused", "wrong-control-plane"];
  if (code !== undefined && invalid.includes(code)) return EXIT.invalid;
  if (code === "waiting") return EXIT.waiting;
  return code === "stack-held" ? EXIT.held : EXIT.failed;
}
