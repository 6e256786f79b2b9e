import { kindOfToken } from "../provider-string.js";
import { logicalName } from "../report/changes.js";
import type { StateResource } from "./state.js";

/** An object that a person confirmed too long ago: nobody knows what its dashboard shows today. */
export interface AgedAttestation {
  readonly kind: string;
  readonly name: string;
  readonly by: string;
  readonly at: string;
  readonly days: number;
}

const DAY_MS = 86_400_000;

/** Objects whose attestation is `maxDays` old or older, oldest first. */
export function agedAttestations(resources: readonly StateResource[], maxDays: number, now: number): readonly AgedAttestation[] {
  const attested = resources.flatMap((resource) => {
    const { by, at } = (resource.outputs?.attestation ?? {}) as { by?: string; at?: string };
    const kind = kindOfToken(resource.type);
    if (kind === undefined || by === undefined || at === undefined) return [];
    return [{ kind, name: logicalName(resource.urn), by, at, days: Math.floor((now - Date.parse(at)) / DAY_MS) }];
  });
  return attested.filter(({ days }) => days >= maxDays).toSorted((a, b) => b.days - a.days);
}
