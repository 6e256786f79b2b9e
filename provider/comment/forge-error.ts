import { Forbidden, type GatehouseError, NotFound, RateLimited, Refused, Unauthorized, Unreachable } from "../errors.js";
import type { ForgePlatform } from "./forge.js";

export interface ForgeRefusal {
  readonly status: number;
  /** Method and path of the request. */
  readonly where: string;
  /** What the platform said, without secrets. */
  readonly said: string;
  readonly requestId?: string | undefined;
  /** It refused because of too many requests, whatever its status says. */
  readonly isRateLimit: boolean;
}

/** The error that an answer of 400 or above means. */
export function forgeError(platform: ForgePlatform, { status, where, said, requestId, isRateLimit }: ForgeRefusal): GatehouseError {
  const parts = { subject: platform.title, what: `${where} answered ${status}: ${said}`, requestId };
  if (isRateLimit) return new RateLimited({ ...parts, advice: "Run again later: a comment is updated in place." });
  if (status === 401) {
    const advice = `The token is wrong, expired or revoked: set ${platform.tokenVariable} to a valid one.`;
    return new Unauthorized({ ...parts, advice });
  }
  if (status === 403) return new Forbidden({ ...parts, advice: platform.permission });
  if (status === 404) {
    const advice = "Check --repository and --pull-request; a token that may not see the repository is answered in the same way.";
    return new NotFound({ ...parts, advice });
  }
  if (status >= 500) return new Unreachable({ ...parts, advice: "The platform failed. Run again: a comment is updated in place." });
  return new Refused(parts);
}
