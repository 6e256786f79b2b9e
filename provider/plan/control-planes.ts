import { settingsFrom } from "../config.js";
import type { ControlPlaneSettings } from "../http/settings.js";
import { kindOfToken } from "../provider-string.js";

/** A resource as a step of the engine or a state holds it. */
interface EngineResource {
  readonly urn: string;
  readonly type: string;
  /** URN and id of the provider, joined by `::`. */
  readonly provider?: string | undefined;
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
}

const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

/**
 * The control planes among the resources of a stack, by the URN of their provider: those that are declared, and the one that the
 * stack's configuration gives to objects that name none (DESIGN.md §5). Other dynamic resources share that provider, so that it counts
 * only when an object of ours is on it.
 */
export function controlPlanesAmong(resources: readonly EngineResource[]): ReadonlyMap<string, ControlPlaneSettings> {
  const inUse = new Set(resources.flatMap(({ type, provider }) => (kindOfToken(type) === undefined ? [] : [providerUrn(provider)])));
  const planes = resources.filter(({ urn, type, inputs }) => type === PROVIDER_TYPE && (isDeclared(inputs) || inUse.has(urn)));
  return new Map(planes.map(({ urn, inputs }) => [urn, settingsFrom((key) => textOf(inputs?.[key]))]));
}

/** URN of the provider that a resource names by URN and id. */
export function providerUrn(provider: string | undefined): string {
  return provider?.slice(0, provider.lastIndexOf("::")) ?? "";
}

/** Only a declaration writes the name; a configuration has one control plane and needs none. */
function isDeclared(inputs: EngineResource["inputs"]): boolean {
  return inputs?.["gatehouse:name"] !== undefined;
}

/** An encrypted value and one that only an apply will know are no setting. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
