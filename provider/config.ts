import { InvalidInput } from "./errors.js";
import type { ControlPlaneSettings, CredentialSource } from "./http/settings.js";

/** Reads one value of a provider's configuration; keys carry the `gatehouse:` prefix. */
export type ConfigReader = (key: string) => string | undefined;

/** Keys under which a control plane's settings travel to the provider host. Plain values only. */
const CONFIG = {
  name: "gatehouse:name",
  system: "gatehouse:system",
  url: "gatehouse:url",
  tokenEnv: "gatehouse:tokenEnv",
  credentials: "gatehouse:credentials",
  oneOfSeveral: "gatehouse:oneOfSeveral",
  transport: "gatehouse:transport",
  allowAssumed: "gatehouse:allowAssumed",
} as const;

/** The settings in a provider's configuration: those of an explicit ControlPlane, or of the stack's configuration. */
export function settingsFrom(get: ConfigReader): ControlPlaneSettings {
  const tokenEnv = get(CONFIG.tokenEnv);
  return {
    name: get(CONFIG.name) ?? "main",
    system: get(CONFIG.system) ?? "gatehouse",
    url: get(CONFIG.url),
    credentials: credentialsFrom(get(CONFIG.credentials)) ?? (tokenEnv === undefined ? undefined : { token: { env: tokenEnv } }),
    oneOfSeveral: get(CONFIG.oneOfSeveral) === "true",
    transport: get(CONFIG.transport) as ControlPlaneSettings["transport"],
    allowAssumed: get(CONFIG.allowAssumed) === "true",
  };
}

/** The same settings as configuration, for an explicit ControlPlane. */
export function configOf(settings: ControlPlaneSettings): Record<string, string> {
  return {
    [CONFIG.name]: settings.name,
    [CONFIG.system]: settings.system,
    ...(settings.url === undefined ? {} : { [CONFIG.url]: settings.url }),
    ...(settings.credentials === undefined ? {} : { [CONFIG.credentials]: JSON.stringify(settings.credentials) }),
    ...(settings.oneOfSeveral ? { [CONFIG.oneOfSeveral]: "true" } : {}),
    ...(settings.transport === undefined ? {} : { [CONFIG.transport]: settings.transport }),
    ...(settings.allowAssumed ? { [CONFIG.allowAssumed]: "true" } : {}),
  };
}

function credentialsFrom(text: string | undefined): Record<string, CredentialSource> | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Record<string, CredentialSource>;
  } catch (cause) {
    throw new InvalidInput({ what: `the configuration ${CONFIG.credentials} is not JSON`, cause });
  }
}
