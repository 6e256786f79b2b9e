import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { InvalidInput } from "../errors.js";
import type { Environment } from "../http/settings.js";

/** Where a stack's state is kept and how its secrets are encrypted. */
export interface Backend {
  readonly url: string;
  /** Variables for the engine. */
  readonly environment: Readonly<Record<string, string>>;
  /** True when the state lies in our own folder beside the stack. */
  readonly isLocal: boolean;
}

export interface BackendOptions {
  readonly directory: string;
  readonly environment: Environment;
  /** Told once, when a passphrase is generated. */
  progress(line: string): void;
}

/** Our folder beside a stack. Its content never belongs in version control, and its own ignore file says so. */
export function gatehouseFolder(directory: string): string {
  const folder = join(directory, ".gatehouse");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ignore = join(folder, ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  return folder;
}

/** The backend that the environment names, else the one beside the stack. Throws InvalidInput where state would be lost. */
export function backendOf(options: BackendOptions): Backend {
  const { directory, environment } = options;
  const named = environment.PULUMI_BACKEND_URL;
  if (!named && environment.CI) {
    throw new InvalidInput({
      what: "CI is set and PULUMI_BACKEND_URL is not: state kept beside the stack would be lost with this job",
      advice: "Set PULUMI_BACKEND_URL to where the state is kept, such as s3://… or file:///…",
    });
  }
  const url = named || localUrl(gatehouseFolder(directory));
  return { url, isLocal: !named, environment: { PULUMI_BACKEND_URL: url, ...passphrase(options, url) } };
}

function localUrl(folder: string): string {
  const state = join(folder, "state");
  mkdirSync(state, { recursive: true, mode: 0o700 });
  // Without attribute files: the engine does not write them in one go, and a killed run would leave a broken one.
  return `${pathToFileURL(state).href}?metadata=skip`;
}

function passphrase({ directory, environment, progress }: BackendOptions, url: string): Record<string, string> {
  const given = environment.PULUMI_CONFIG_PASSPHRASE !== undefined || environment.PULUMI_CONFIG_PASSPHRASE_FILE !== undefined;
  if (given || environment.PULUMI_SECRETS_PROVIDER || url.startsWith("https://")) return {};
  if (environment.CI) {
    throw new InvalidInput({
      what: "CI is set and no passphrase is: one generated here would be lost with this job, and the state's secrets with it",
      advice: "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
    });
  }
  const file = join(gatehouseFolder(directory), "passphrase");
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
    progress(`Generated a passphrase for the secrets of this stack in ${file}: keep it, the secrets are lost without it.`);
  }
  return { PULUMI_CONFIG_PASSPHRASE: readFileSync(file, "utf8").trim() };
}
