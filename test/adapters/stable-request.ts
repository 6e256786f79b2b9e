import type { RecordedRequest } from "./recording-proxy.js";

/** A request as a golden file holds it. */
export interface WireRequest {
  /** Method and path. */
  readonly request: string;
  /** The content type, and which of authorization and idempotency-key there are. */
  readonly headers: readonly string[];
  readonly body?: unknown;
}

/** What differs from run to run, and what must not be written down. */
export interface Known {
  /** Id of the object whose life is recorded, as the state holds it. */
  readonly id: string;
  /** All that was declared. An id among it was not made by the server, and stands as it is. */
  readonly declared: string;
  /** Objects that were there before. */
  readonly others: readonly { readonly id: string; readonly declared: string; readonly placeholder: string }[];
  readonly secrets: readonly string[];
}

const OWN = "<id>";
/** Ids that a server makes hold a digit; what a system has one of has a word for it. */
const MADE = /\d/;
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
/** Names of fields that hold ids. Numbers and short texts elsewhere only look like one. */
const NAMES_ID = /^(id|ids|.*[_a-z](id|ids|Id|Ids)|.*project)$/;
/** Ids so long that no other value is equal to one by chance. */
const TELLING = 8;

/** The request with placeholders for ids, times and secrets. */
export function stableRequest({ method, path, headers, body }: RecordedRequest, known: Known): WireRequest {
  const shown = ["authorization", "idempotency-key"].filter((name) => headers[name] !== undefined);
  return {
    request: `${method} ${stablePath(path, known)}`,
    headers: [...(headers["content-type"] === undefined ? [] : [headers["content-type"]]), ...shown],
    ...(body !== "" && { body: stableValue(JSON.parse(body), known, "") }),
  };
}

/** An id may be the same for an owner and for what it owns: then the later step is the object's own. */
function stablePath(path: string, known: Known): string {
  const [steps = "", query] = path.split("?");
  const own = ownId(known);
  const written = steps.split("/").map(decodeURIComponent);
  const last = written.lastIndexOf(own ?? "");
  const stable = written.map((step, index) => {
    const other = otherOf(step, known);
    const isOwn = own !== undefined && step === own && (other === undefined || (index === last && isOwnStep(written, index, known)));
    if (isOwn) return OWN;
    return other?.placeholder ?? stableText(step, known);
  });
  return stable.join("/") + (query === undefined ? "" : `?${stableText(query, known)}`);
}

/** True where the owner stands before. Without one, an id that is short is equal to another's by chance; a long one is that other's. */
function isOwnStep(steps: readonly string[], index: number, { id, others }: Known): boolean {
  if (!id.includes("/")) return id.length < TELLING;
  return steps.slice(0, index).some((step) => others.some((other) => other.id === step));
}

function ownId({ id, declared }: Known): string | undefined {
  const own = decodeURIComponent(id.split("/").at(-1) ?? "");
  return MADE.test(own) && !declared.includes(JSON.stringify(own)) ? own : undefined;
}

function otherOf(text: string, { others }: Known): Known["others"][number] | undefined {
  return others.find(({ id, declared }) => id === text && MADE.test(id) && !declared.includes(JSON.stringify(id)));
}

function stableValue(value: unknown, known: Known, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => stableValue(item, known, name));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, stableValue(inner, known, member)]));
  }
  if (typeof value !== "string" && typeof value !== "number") return value;
  const text = String(value);
  if (NAMES_ID.test(name) || text.length >= TELLING) {
    const other = otherOf(text, known);
    if (other !== undefined) return other.placeholder;
    if (text === ownId(known) && NAMES_ID.test(name)) return OWN;
  }
  return typeof value === "string" ? stableText(text, known) : value;
}

function stableText(text: string, { secrets }: Known): string {
  const hidden = secrets.reduce((shown, secret) => shown.replaceAll(secret, "<secret>"), text);
  return hidden.replace(UUID, "<uuid>").replace(TIME, "<time>");
}
