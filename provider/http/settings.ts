import { type ErrorParts, InvalidInput } from "../errors.js";

/** Names the environment variable that holds a credential. The value itself is never an input. */
export interface CredentialSource {
  readonly env: string;
}

/** One control plane as a declaration names it: plain values, no secrets. */
export interface ControlPlaneSettings {
  /** Name of the control plane in its stack; part of the variable that overrides its address. */
  readonly name: string;
  readonly system: string;
  /** Declared address. */
  readonly url?: string | undefined;
  readonly credentials?: Readonly<Record<string, CredentialSource>> | undefined;
  /** How changes reach it: `api`, `dashboard` or `rehearsal`; the system's own default when absent. */
  readonly transport?: "api" | "dashboard" | "rehearsal" | undefined;
  /** True when calls that no vendor documents may be made. */
  readonly allowAssumed?: boolean | undefined;
  /** True when the stack has other control planes, so that `GATEHOUSE_URL` would be ambiguous. */
  readonly oneOfSeveral?: boolean | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** True for addresses that never leave the machine. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Variable that overrides the address of the control plane of this name. */
export function urlVariable(name: string): string {
  return `GATEHOUSE_URL_${name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
}

/**
 * Where requests go: the environment's override, else the declared address. Read when a request is made, never written into
 * inputs, where it would count as a change.
 */
export function effectiveUrl(settings: ControlPlaneSettings, environment: Environment): URL {
  const address = addressOf(settings, environment);
  if (address === undefined) {
    throw new InvalidInput({
      subject: `control plane "${settings.name}"`,
      what: "has no address",
      advice: `Give controlPlane.url in the stack file, \`url\` in the program, or set ${urlVariable(settings.name)}.`,
    });
  }
  return parseUrl(address, settings.name);
}

function addressOf(settings: ControlPlaneSettings, environment: Environment): string | undefined {
  const shared = settings.oneOfSeveral === true ? undefined : environment.GATEHOUSE_URL;
  return environment[urlVariable(settings.name)] || shared || settings.url;
}

/** What is wrong with where a rehearsal would go, if anything gives an address: it stays on this machine (DESIGN.md §8). */
export function rehearsalProblem(settings: ControlPlaneSettings, environment: Environment): ErrorParts | undefined {
  if (settings.transport !== "rehearsal" || addressOf(settings, environment) === undefined) return undefined;
  const url = effectiveUrl(settings, environment);
  if (isLoopback(url)) return undefined;
  return {
    subject: `control plane "${settings.name}"`,
    what: `rehearses at ${url.origin}, which is not this machine`,
    advice: `Rehearse at the address that \`gatehouse serve --profile ${settings.system}\` prints, or write transport: api or dashboard to change the real one.`,
  };
}

function parseUrl(address: string, name: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.password !== "") {
    throw new InvalidInput({
      subject: `control plane "${name}"`,
      what: "has an address that is not an http or https URL without user and password",
      advice: "Write it like https://gateway.acme.example or http://127.0.0.1:8787; credentials are named separately.",
    });
  }
  return url;
}

/** Origin of the declared address, or the word that says that the environment alone gives it. */
export function declaredOrigin(url: string | undefined): string {
  if (url === undefined) return "environment";
  return URL.canParse(url) ? new URL(url).origin : url;
}
