import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { ControlPlaneSettings } from "../http/settings.js";
import type { RecordedIdentity } from "../lifecycle/identity.js";
import { logicalName } from "../plan/changes.js";
import { controlPlanesAmong } from "../plan/control-planes.js";
import { kindOfToken } from "../provider-string.js";
import type { OpenStack } from "./engine-stack.js";

/** The engine's mark on an encrypted value. */
export const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/** A resource as the state holds it. Secrets are encrypted, unless they were asked for. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** URNs of what it depends on. */
  readonly dependencies?: readonly string[];
  /** URN and id of the provider, joined by `::`. */
  readonly provider?: string;
  /** URNs of what each property takes its value from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
}

/**
 * The resources in a stack's state; a temporary stack holds none. With `showSecrets` the values travel through a pipe into memory; the Automation API's export would
 * write them into a temporary file.
 */
export async function stateResources(stack: OpenStack, showSecrets = false): Promise<readonly StateResource[]> {
  if (stack.isTemporary) return [];
  const { workspace, name } = stack.engine;
  const command = workspace.pulumiCommand as PulumiCommand & { run: CommandRun };
  const args = ["stack", "export", "--stack", name, ...(showSecrets ? ["--show-secrets"] : [])];
  const { stdout } = await command.run(args, workspace.workDir, { ...workspace.envVars });
  const { deployment } = JSON.parse(stdout) as { deployment?: { resources?: StateResource[] } };
  return deployment?.resources ?? [];
}

type CommandRun = (args: string[], cwd: string, environment: Record<string, string>) => Promise<{ stdout: string }>;

/** A control plane as the state knows it. */
export interface StateControlPlane {
  readonly settings: ControlPlaneSettings;
  /** Which one it was when the stack was last applied. */
  readonly identity: RecordedIdentity | undefined;
  /** URN of its provider in the state. */
  readonly providerUrn: string;
}

export function controlPlanesIn(resources: readonly StateResource[]): readonly StateControlPlane[] {
  const identities = resources.filter((r) => kindOfToken(r.type) === "ControlPlaneIdentity");
  return [...controlPlanesAmong(resources)].map(([providerUrn, settings]) => {
    const identity = identities.find((r) => r.outputs?.name === settings.name)?.outputs as RecordedIdentity | undefined;
    return { settings, identity, providerUrn };
  });
}

/** Objects of one kind in the state, by logical name. */
export function objectsIn(resources: readonly StateResource[], kind: string): readonly (StateResource & { readonly name: string })[] {
  return resources.filter((r) => kindOfToken(r.type) === kind).map((r) => ({ ...r, name: logicalName(r.urn) }));
}
