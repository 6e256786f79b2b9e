import { setTimeout as delay } from "node:timers/promises";
import { fetch, Response } from "undici";
import { type GatehouseError, Refused, Unreachable } from "../errors.js";
import { redact } from "../http/redact.js";
import { delayBeforeRetry } from "../http/retry.js";
import { clipped, printable } from "../report/render/printable.js";
import type { ForgePlatform, ForgeTarget } from "./forge.js";
import { forgeError } from "./forge-error.js";

export interface ForgeRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** What `fetch` does, for the clients of the platforms. */
export type ForgeFetch = (address: string | URL, request: ForgeRequest) => Promise<Response>;

const LONGEST_TEXT_SAID = 300;

/**
 * A `fetch` that carries a token nowhere but to the platform's own origin: no redirect, no page at another address. Repeats what may be
 * repeated, as `http/retry.ts` says, and throws GatehouseError for everything that is no success; no message holds the token.
 */
export function forgeFetch(platform: ForgePlatform, target: ForgeTarget): ForgeFetch {
  return async (address, request) => {
    const url = new URL(address);
    const where = `${request.method} ${url.pathname}`;
    if (url.origin !== target.api.origin) {
      const what = `was told to go on at ${url.origin}, where its token is not sent`;
      throw new Refused({ subject: platform.title, what, advice: `Check ${platform.apiVariable} or --api-url.` });
    }
    // A query of GraphQL is a POST that changes nothing.
    const repeatable = request.method !== "POST" || url.pathname.endsWith("/graphql");
    for (let attemptNumber = 1; ; attemptNumber++) {
      const { answer, error, ...attempt } = await attemptAt(platform, target, url, where, request);
      if (answer) return answer;
      const wait = delayBeforeRetry(attempt, attemptNumber, repeatable, Date.now());
      if (wait === undefined) throw error;
      await delay(wait);
    }
  };
}

type Outcome =
  | { readonly answer: Response; readonly error?: undefined }
  | {
      readonly answer?: undefined;
      readonly error: GatehouseError;
      readonly status?: number;
      readonly retryAfter?: string | undefined;
      readonly neverSent?: boolean;
    };

async function attemptAt(
  platform: ForgePlatform,
  target: ForgeTarget,
  url: URL,
  where: string,
  { method, headers, body }: ForgeRequest,
): Promise<Outcome> {
  const unreachable = (what: string, cause?: unknown, requestId?: string): Unreachable =>
    new Unreachable({
      subject: platform.title,
      what: `${where} ${what}`,
      advice: `Is ${url.origin} right and up? Run again.`,
      cause,
      requestId,
    });
  let response: Response;
  let text: string;
  try {
    const signal = AbortSignal.timeout(target.timeoutMs);
    response = await fetch(url, { method, headers, body: body ?? null, redirect: "manual", signal });
    text = await response.text();
  } catch (cause) {
    const code = codeOf(cause);
    return { error: unreachable(`had no whole answer (${code})`, cause), neverSent: code === "ECONNREFUSED" };
  }
  const { status } = response;
  const requestId = response.headers.get("x-github-request-id") ?? response.headers.get("x-request-id") ?? undefined;
  const retryAfter = response.headers.get("retry-after") ?? undefined;
  const parsed = parsedJson(text);
  if (status >= 300 && status < 400) {
    return { status: 400, error: unreachable(`answered a redirect (${status}), which a token never follows`, undefined, requestId) };
  }
  if (status < 300) {
    if (parsed === BROKEN) return { error: unreachable(`answered ${status} with something else than JSON`, undefined, requestId) };
    return { answer: new Response(text === "" ? null : text, { status, headers: response.headers }) };
  }
  // GitHub says 403 for most of its rate limits.
  const isRateLimit =
    status === 429 || (status === 403 && (retryAfter !== undefined || response.headers.get("x-ratelimit-remaining") === "0"));
  const said = clipped(printable(redact(saidIn(parsed), [target.token])), LONGEST_TEXT_SAID);
  const error = forgeError(platform, { status, where, said, requestId, isRateLimit });
  const waits = isRateLimit ? { status: 429, retryAfter: retryAfter ?? resetOf(response, Date.now()) } : { status, retryAfter };
  return { error, ...waits };
}

/** Seconds until a rate limit ends that says when, and not how long. */
function resetOf(response: Response, now: number): string | undefined {
  const reset = response.headers.get("x-ratelimit-reset") ?? response.headers.get("ratelimit-reset");
  return reset === null ? undefined : String(Math.max(0, Number(reset) - now / 1000));
}

/** What a refusal says: GitHub's `message` with its `errors`, GitLab's `message` or `error`, which may be objects. */
function saidIn(body: unknown): string {
  if (typeof body !== "object" || body === null) return "no reason";
  const { message, error, error_description: description, errors } = body as Readonly<Record<string, unknown>>;
  const parts = [message ?? error, description, errors].filter((part) => part !== undefined);
  return parts.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(": ") || "no reason";
}

const BROKEN = Symbol("broken JSON");

function parsedJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return BROKEN;
  }
}

function codeOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: string };
  if (typeof code === "string") return code;
  return cause instanceof Error ? codeOf(cause) : (name ?? "unknown fault");
}
