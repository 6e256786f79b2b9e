import { setTimeout as delay } from "node:timers/promises";
import { Agent, type Dispatcher, request } from "undici";
import { ReadOnly, Unreachable } from "../errors.js";
import { assertTrusted } from "./credentials.js";
import { ExclusiveLock } from "./exclusive-lock.js";
import { Limiter } from "./limiter.js";
import { redact } from "./redact.js";
import { type Attempt, delayBeforeRetry } from "./retry.js";
import type { ControlPlaneSettings, Environment } from "./settings.js";

/** Requests under way at once to one control plane. */
const CONCURRENCY = 8;
const DEFAULT_TIMEOUT_MS = 30_000;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Answer {
  readonly status: number;
  /** Parsed JSON; undefined for an empty body. */
  readonly body: unknown;
  readonly requestId: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes a POST repeatable, on systems that know such keys. */
  readonly idempotencyKey?: string;
}

/** Headers that authenticate, and the secrets in them. Asked for once per request, so that a session can be renewed. */
export type Authenticate = (environment: Environment, signIn: SignIn) => Promise<Readonly<Record<string, string>>>;

/** What an authentication that has to log in works with. */
export interface SignIn {
  /** One request without credentials, inside the request that asks for them: a login. */
  readonly exchange: (method: Method, path: string, body?: unknown) => Promise<Answer>;
  /** Headers that were just refused with 401. Answering others sends the request again with them, once. */
  readonly refused: Readonly<Record<string, string>> | undefined;
}

/** Whatever sends requests: a client, or a client within the time that it has for itself. */
export type Sender = Pick<Client, "send">;

/** How a system behaves under requests. */
export interface ClientTraits {
  /** It loses what overlaps: one request at a time, reads and logins included, among all processes. */
  readonly exclusive?: boolean;
  /** True for the answer of a fault that says that nothing was done, so that any request may be sent again. */
  readonly wasNotDone?: (answer: Answer) => boolean;
}

/**
 * The one way to a control plane: origin-bound credentials, time-outs, bounded concurrency, retries. Answers of 400 and above
 * are returned; what they mean is the adapter's to say.
 */
export class Client {
  readonly settings: ControlPlaneSettings;
  readonly #environment: Environment;
  readonly #authenticate: Authenticate;
  readonly #limiter = new Limiter(CONCURRENCY);
  readonly #agent: Agent;
  readonly #timeoutMs: number;
  readonly #traits: ClientTraits;

  constructor(
    settings: ControlPlaneSettings,
    authenticate: Authenticate,
    environment: Environment = process.env,
    traits: ClientTraits = {},
  ) {
    this.settings = settings;
    this.#traits = traits;
    this.#environment = environment;
    this.#authenticate = authenticate;
    this.#timeoutMs = Number(environment.GATEHOUSE_TIMEOUT_MS) || DEFAULT_TIMEOUT_MS;
    this.#agent = new Agent({ connections: CONCURRENCY, connectTimeout: this.#timeoutMs, keepAliveTimeout: 10_000 });
  }

  async send(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.exclusively((inside) => inside.send(method, path, options));
  }

  /** Throws what a request would throw before it is sent: an address that no credential is bound to, or a missing credential. */
  async assertSendable(): Promise<void> {
    const url = assertTrusted(this.settings, this.#environment);
    await this.#authenticate(this.#environment, { exchange: this.#exchangeAt(url), refused: undefined });
  }

  /**
   * Sends several requests that belong together: on an exclusive system nobody else's comes between them. Inside, use only the
   * sender that is given; the client itself would wait for its own end.
   */
  async exclusively<T>(task: (inside: Sender) => Promise<T>): Promise<T> {
    const url = assertTrusted(this.settings, this.#environment);
    const inside: Sender = { send: (method, path, options = {}) => this.#send(url, method, path, options) };
    return this.#traits.exclusive ? ExclusiveLock.of(url).run(() => task(inside)) : task(inside);
  }

  async #send(url: URL, method: Method, path: string, options: RequestOptions): Promise<Answer> {
    if (method !== "GET" && this.#environment.GATEHOUSE_READ_ONLY === "1") {
      throw new ReadOnly({ what: `a read-only run tried ${method} ${path}`, advice: "This is a defect of Gatehouse: please report it." });
    }
    const exchange = this.#exchangeAt(url);
    const authenticated = (refused: SignIn["refused"]) => this.#authenticate(this.#environment, { exchange, refused });
    return this.#limiter.run(async () => {
      let used: Readonly<Record<string, string>> = {};
      const withCredentials = async (refused?: SignIn["refused"]) => {
        used = await authenticated(refused);
        return used;
      };
      const answer = await this.#sendWithRetries(method, targetOf(url, path), options, withCredentials);
      if (answer.status !== 401) return answer;
      const former = used;
      const renewed = await withCredentials(former);
      if (JSON.stringify(renewed) === JSON.stringify(former)) return answer;
      return this.#sendWithRetries(method, targetOf(url, path), options, withCredentials);
    });
  }

  #exchangeAt(url: URL): SignIn["exchange"] {
    return (method, path, body) => this.#sendWithRetries(method, targetOf(url, path), body === undefined ? {} : { body }, async () => ({}));
  }

  async #sendWithRetries(
    method: Method,
    target: URL,
    options: RequestOptions,
    credentials: () => Promise<Readonly<Record<string, string>>>,
  ): Promise<Answer> {
    const repeatable = method !== "POST" || options.idempotencyKey !== undefined;
    for (let attemptNumber = 1; ; attemptNumber++) {
      const outcome = await this.#attempt(method, target, options, await credentials());
      const wait =
        outcome.answer && outcome.answer.status < 429 && outcome.answer.status !== 408
          ? undefined
          : delayBeforeRetry(outcome.attempt, attemptNumber, repeatable, Date.now());
      if (wait === undefined) {
        if (outcome.answer) return outcome.answer;
        throw outcome.error;
      }
      await delay(wait);
    }
  }

  async #attempt(
    method: Method,
    target: URL,
    options: RequestOptions,
    credentials: Readonly<Record<string, string>>,
  ): Promise<{ attempt: Attempt; answer?: Answer; error?: Error }> {
    const where = `${method} ${target.origin}${target.pathname}`;
    const hide = (text: string): string => redact(text, secretsIn(credentials));
    const fail = (what: string, attempt: Attempt, cause?: unknown, requestId?: string) => ({
      attempt,
      error: new Unreachable({ what: hide(`${where}: ${what}`), requestId, cause, advice: ADVICE }),
    });
    let response: Dispatcher.ResponseData;
    let raw: string;
    try {
      response = await request(target, {
        method,
        dispatcher: this.#agent,
        headersTimeout: this.#timeoutMs,
        bodyTimeout: this.#timeoutMs,
        headers: {
          accept: "application/json",
          "user-agent": "gatehouse",
          ...(options.body === undefined ? {} : { "content-type": "application/json" }),
          ...(options.idempotencyKey === undefined ? {} : { "idempotency-key": options.idempotencyKey }),
          ...options.headers,
          ...credentials,
        },
        body: options.body === undefined ? null : JSON.stringify(options.body),
      });
      raw = await response.body.text();
    } catch (cause) {
      const code = errorCode(cause);
      return fail(CONNECTION_FAULTS[code] ?? `no whole answer came (${code})`, { neverSent: code === "ECONNREFUSED" }, cause);
    }
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
    const status = response.statusCode;
    const requestId = headers["x-request-id"];
    if (status >= 300 && status < 400) {
      return fail(`answered a redirect (${status}), which a credential never follows`, { status: 400 }, undefined, requestId);
    }
    // What a server says about a failed request is told to people, and it may repeat what it was sent.
    const body = parseJson(status >= 400 ? hide(raw) : raw);
    if (body === BROKEN) {
      const seen = raw.trimStart().startsWith("<") ? "HTML" : "broken JSON";
      const attempt = { ...(status >= 400 ? { status } : {}), retryAfter: headers["retry-after"] };
      return fail(`answered ${status} with ${seen} instead of JSON`, attempt, undefined, requestId);
    }
    const answer: Answer = { status, body, requestId, headers };
    const notDone = status >= 400 && (this.#traits.wasNotDone?.(answer) ?? false);
    return { attempt: { status, retryAfter: headers["retry-after"], notDone }, answer };
  }
}

function targetOf(url: URL, path: string): URL {
  return new URL(url.pathname.replace(/\/$/, "") + path, url.origin);
}

/** The secrets in a set of headers, with and without the scheme before them (`Bearer …`). */
function secretsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(headers).flatMap((value) => [value, value.replace(/^\S+\s+/, "")]);
}

const ADVICE = "Check that the control plane is up and that its address is right, then run again: nothing is lost.";

const CONNECTION_FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens at this address",
  ENOTFOUND: "the host name is unknown",
  ECONNRESET: "the connection was closed before the answer was whole",
  UND_ERR_SOCKET: "the connection was closed before the answer was whole",
  UND_ERR_HEADERS_TIMEOUT: "no answer in time",
  UND_ERR_BODY_TIMEOUT: "the answer stopped half-way",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
};

function errorCode(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: string };
  if (typeof code === "string") return code;
  return cause instanceof Error ? errorCode(cause) : (name ?? "unknown fault");
}

const BROKEN = Symbol("broken JSON");

function parseJson(raw: string): unknown {
  if (raw === "") return undefined;
  try {
    return JSON.parse(raw);
  } catch {
    return BROKEN;
  }
}
