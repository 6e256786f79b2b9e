import type { Problem } from "../../schema/kind.js";

export interface RefusalParts {
  readonly status: number;
  /** Stable word for programs. */
  readonly code: string;
  /** What was refused, which object, why, and what to do instead. Never a secret. */
  readonly detail: string;
  readonly errors?: readonly Problem[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that the control plane does not serve, as it is told to the caller. */
export class Refusal extends Error {
  readonly parts: RefusalParts;

  constructor(parts: RefusalParts) {
    super(parts.detail);
    this.parts = parts;
  }
}

export const unauthorized = (detail: string, code = "unauthorized"): Refusal =>
  new Refusal({ status: 401, code, detail, headers: { "www-authenticate": "Bearer" } });

export const forbidden = (detail: string, code = "forbidden"): Refusal => new Refusal({ status: 403, code, detail });

/** The object is gone or never was. No other refusal has the code `not_found`. */
export const notFound = (kind: string, id: string): Refusal =>
  new Refusal({ status: 404, code: "not_found", detail: `there is no ${kind} "${id}"` });

export const conflict = (detail: string, code = "conflict"): Refusal => new Refusal({ status: 409, code, detail });

/** Everything that is wrong with a body, at once. */
export function invalid(errors: readonly Problem[], code = "invalid"): Refusal {
  return new Refusal({
    status: 422,
    code,
    detail: errors.map((e) => `${e.property === "" ? "the body" : e.property}: ${e.reason}`).join("; "),
    errors,
  });
}

export const tooMany = (detail: string, retryAfterSeconds: number, code = "rate_limited"): Refusal =>
  new Refusal({ status: 429, code, detail, headers: { "retry-after": String(Math.max(1, Math.ceil(retryAfterSeconds))) } });

export const capReached = (detail: string, code = "cap_reached"): Refusal => new Refusal({ status: 402, code, detail });
