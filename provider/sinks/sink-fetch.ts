import { setTimeout as delay } from "node:timers/promises";
import { type Dispatcher, fetch, Response } from "undici";
import { Unreachable } from "../errors.js";
import { redact } from "../http/redact.js";
import { delayBeforeRetry } from "../http/retry.js";
import type { Environment } from "../http/settings.js";
import { attemptTimeoutMs } from "./timeout.js";

export interface SinkRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** What `fetch` does, for the SDKs of sinks. */
export type SinkFetch = (url: string | URL, request?: SinkRequest) => Promise<Response>;

/**
 * A `fetch` that carries credentials and secrets nowhere but to the sink's own origin, follows no redirect, gives up in time, and sends
 * again what failed: every request to a sink may be repeated. Answers of 400 and above are returned; no answer is Unreachable.
 */
export function sinkFetch(address: string, environment: Environment, dispatcher?: Dispatcher): SinkFetch {
  const { origin } = new URL(address);
  const timeoutMs = attemptTimeoutMs(environment);
  return async (to, request = {}) => {
    const url = new URL(to);
    if (url.origin !== origin) throw unreachable(`was told to go on at ${url.origin}, where its credential is not sent`);
    for (let attemptNumber = 1; ; attemptNumber++) {
      const outcome = await attemptAt(url, request, timeoutMs, dispatcher);
      const { answer } = outcome;
      if (answer && answer.status < 429 && answer.status !== 408) return answer;
      const wait = delayBeforeRetry(
        {
          ...(answer ? { status: answer.status, retryAfter: answer.headers.get("retry-after") ?? undefined } : {}),
          neverSent: outcome.code === "ECONNREFUSED",
        },
        attemptNumber,
        true,
        Date.now(),
      );
      if (wait === undefined) {
        if (answer) return answer;
        throw unreachable(`${request.method ?? "GET"} ${url.origin}${url.pathname}: no whole answer came (${outcome.code})`);
      }
      await delay(wait);
    }
  };
}

type Outcome = { readonly answer: Response; readonly code?: undefined } | { readonly answer?: undefined; readonly code: string };

async function attemptAt(
  url: URL,
  { method, headers, body }: SinkRequest,
  timeoutMs: number,
  dispatcher: Dispatcher | undefined,
): Promise<Outcome> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, {
      method: method ?? "GET",
      headers: headers ?? {},
      body: body ?? null,
      redirect: "manual",
      signal,
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
    const { status } = response;
    const said = await response.text();
    if (status >= 300 && status < 400) return { code: `a redirect, ${status}, which a credential never follows` };
    // What a server says about a failed request is told to people, and it may repeat what it was sent.
    const text = status >= 400 ? redact(said, credentialsIn(headers ?? {})) : said;
    return { answer: new Response(text === "" ? null : text, { status, headers: response.headers }) };
  } catch (error) {
    return { code: codeOf(error) };
  }
}

/** The values of headers that authenticate, with and without the scheme before them (`Bearer …`). */
function credentialsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => /authorization|token/i.test(name))
    .flatMap(([, value]) => [value, value.replace(/^\S+\s+/, "")]);
}

function unreachable(what: string): Unreachable {
  return new Unreachable({ what, advice: "Check that the sink is up and that its address is right, then run again." });
}

function codeOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: string };
  if (typeof code === "string") return code;
  return cause instanceof Error ? codeOf(cause) : (name ?? "unknown fault");
}
