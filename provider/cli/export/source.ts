import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { transportOf } from "../../adapters/index.js";
import { InvalidInput } from "../../errors.js";
import type { ControlPlaneSettings, Environment } from "../../http/settings.js";
import type { Stack } from "../../stackfile/index.js";
import { targetAt } from "../target.js";

/** What the options of `export` say. */
export interface SourceOptions {
  readonly system?: string | undefined;
  readonly url?: string | undefined;
  readonly transport?: "api" | "rehearsal" | undefined;
  readonly allowAssumed?: boolean | undefined;
  readonly tokenEnv?: string | undefined;
  readonly emailEnv?: string | undefined;
  readonly passwordEnv?: string | undefined;
  readonly name?: string | undefined;
  readonly controlPlane?: string | undefined;
}

/** Where is read from, and the stack that is there already. */
export interface ExportSource {
  readonly settings: ControlPlaneSettings;
  /** The stack in the folder; undefined where none is. */
  readonly stack: Stack | undefined;
  /** Environment of the session: an address that the operator types is trusted as one of GATEHOUSE_URL is. */
  readonly environment: Environment;
}

/** The stack at a path, if there is one, and the control plane that is meant. Throws InvalidInput where options contradict it. */
export function exportSource(path: string, options: SourceOptions, environment: Environment): ExportSource {
  const stack = existingStack(path);
  const settings = stack === undefined ? newSettings(options, environment) : declaredSettings(stack, options);
  if (transportOf(settings) === "dashboard") {
    throw new InvalidInput({
      subject: `control plane "${settings.name}"`,
      what: `is a dashboard that a person reads: there is nothing to export from ${settings.system} over it`,
      advice: "Where the system has an API of its own, give --transport api (and --allow-assumed); of a rehearsal, --transport rehearsal.",
    });
  }
  return { settings, stack, environment: { ...environment, ...typedAddress(options, environment), GATEHOUSE_READ_ONLY: "1" } };
}

function existingStack(path: string): Stack | undefined {
  if (!existsSync(path)) return undefined;
  const isFolder = statSync(path).isDirectory();
  if (isFolder && !["gatehouse.yaml", "Pulumi.yaml", "Pulumi.yml"].some((file) => existsSync(join(path, file)))) return undefined;
  const target = targetAt(path);
  if (target.form === "stackFile") return target.stack;
  throw new InvalidInput({
    subject: path,
    what: "holds a program, which no export can write",
    advice: "Export into another folder, and load that with `new gatehouse.StackFile` where the program is to stay.",
  });
}

function newSettings(options: SourceOptions, environment: Environment): ControlPlaneSettings {
  const { system, url = environment.GATEHOUSE_URL, transport, allowAssumed } = options;
  if (options.controlPlane !== undefined)
    throw new InvalidInput({ what: "--control-plane names one of a stack's, and there is no stack yet", advice: "Leave it out." });
  if (system === undefined || !url) {
    throw new InvalidInput({
      what: `${system === undefined ? "--system" : "--url"} is missing: there is no stack yet that says it`,
      advice: "Call it like: gatehouse export acme --system gatehouse --url http://127.0.0.1:8787",
    });
  }
  return {
    name: "main",
    system,
    url,
    ...given({ transport, allowAssumed: allowAssumed || undefined, credentials: credentialsIn(options) }),
  };
}

function credentialsIn({ tokenEnv, emailEnv, passwordEnv }: SourceOptions): ControlPlaneSettings["credentials"] {
  const named = Object.entries({ token: tokenEnv, email: emailEnv, password: passwordEnv });
  const credentials = named.flatMap(([name, env]) => (env === undefined ? [] : [[name, { env }] as const]));
  return credentials.length === 0 ? undefined : Object.fromEntries(credentials);
}

function declaredSettings({ controlPlanes, name }: Stack, options: SourceOptions): ControlPlaneSettings {
  const names = controlPlanes.map((plane) => plane.name);
  const plane = controlPlanes.find((one) => one.name === (options.controlPlane ?? (names.length === 1 ? names[0] : undefined)));
  if (plane === undefined) {
    const what = options.controlPlane === undefined ? "has several control planes" : `has no control plane ${options.controlPlane}`;
    throw new InvalidInput({ subject: name, what, advice: `Choose with --control-plane: ${names.join(", ")}.` });
  }
  const { position: _position, ...settings } = plane;
  refuseContradictions({ ...settings, stack: name }, { ...options, credentials: credentialsIn(options) });
  return { ...settings, oneOfSeveral: controlPlanes.length > 1 };
}

function refuseContradictions(
  declared: ControlPlaneSettings & { readonly stack: string },
  options: SourceOptions & { readonly credentials: ControlPlaneSettings["credentials"] },
): void {
  const pairs = [
    ["--name", declared.stack, options.name],
    ["--system", declared.system, options.system],
    ["--url", originOf(declared.url), originOf(options.url)],
    ["--transport", transportOf(declared), options.transport],
    ["--allow-assumed", declared.allowAssumed ?? false, options.allowAssumed || undefined],
    ["the credentials", JSON.stringify(declared.credentials ?? options.credentials), JSON.stringify(options.credentials)],
  ] as const;
  const told = pairs.flatMap(([option, is, said]) =>
    said === undefined || is === undefined || is === said ? [] : [`${option}: the stack says ${is}, the command ${said}`],
  );
  if (told.length === 0) return;
  throw new InvalidInput({
    subject: declared.stack,
    what: `contradicts the command (${told.join("; ")})`,
    advice: "Leave the option out, or export into another folder.",
  });
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : url;
}

/** What is typed goes before what the environment says, and is trusted as that is. */
function typedAddress({ url }: SourceOptions, environment: Environment): Environment {
  if (url === undefined || !URL.canParse(url)) return {};
  return { GATEHOUSE_URL: url, GATEHOUSE_ORIGINS: [environment.GATEHOUSE_ORIGINS, new URL(url).origin].filter(Boolean).join(" ") };
}

/** Without what nobody said. */
function given<T extends object>(values: T): { [P in keyof T]?: Exclude<T[P], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [P in keyof T]?: Exclude<T[P], undefined>;
  };
}
