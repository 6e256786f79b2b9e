import type { Values } from "../lifecycle/values.js";
import { wordsOf } from "./key.js";

/** A name for a new stack: what the organization is called, else the system. */
export function stackName(organization: string, system: string): string {
  return wordsOf(organization) ?? system;
}

interface Settings {
  readonly system: string;
  readonly url?: string | undefined;
  readonly transport?: string | undefined;
  readonly credentials?: object | undefined;
  readonly allowAssumed?: boolean | undefined;
}

/** The block `controlPlane` of a new stack: what was said to reach it, and nothing that goes without saying. */
export function controlPlaneBlock({ system, url, transport, credentials, allowAssumed }: Settings): Values {
  const said = { system, url, transport, allowAssumed, credentials };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
