import { transportOf } from "../adapters/index.js";
import { logicalName } from "../plan/changes.js";
import { providerUrn } from "../plan/control-planes.js";
import { kindOfToken } from "../provider-string.js";
import { controlPlanesIn, type StateControlPlane, type StateResource } from "./state.js";

/** An object that a person confirmed too long ago: nobody knows what its dashboard shows today. */
export interface AgedAttestation {
  readonly kind: string;
  readonly name: string;
  readonly by: string;
  readonly at: string;
  readonly days: number;
}

/** An object that a person attested, as the state holds it. */
export interface AttestedObject extends AgedAttestation {
  readonly resource: StateResource;
  readonly plane: StateControlPlane;
}

const DAY_MS = 86_400_000;

/** Objects whose attestation is `maxDays` old or older, oldest first. */
export function agedAttestations(resources: readonly StateResource[], maxDays: number, now: number): readonly AgedAttestation[] {
  return attestedObjects(resources, maxDays, now).map(({ kind, name, by, at, days }) => ({ kind, name, by, at, days }));
}

/** The same objects with what the state holds of them. One that an API reaches since is read by it, and does not age. */
export function attestedObjects(resources: readonly StateResource[], maxDays: number, now: number): readonly AttestedObject[] {
  const planes = new Map(controlPlanesIn(resources).map((plane) => [plane.providerUrn, plane]));
  const attested = resources.flatMap((resource) => {
    const { by, at } = (resource.outputs?.attestation ?? {}) as { by?: string; at?: string };
    const kind = kindOfToken(resource.type);
    const plane = planes.get(providerUrn(resource.provider));
    if (kind === undefined || by === undefined || at === undefined || plane === undefined || !isByPerson(plane)) return [];
    return [{ kind, name: logicalName(resource.urn), by, at, days: Math.floor((now - Date.parse(at)) / DAY_MS), resource, plane }];
  });
  return attested.filter(({ days }) => days >= maxDays).toSorted((a, b) => b.days - a.days);
}

function isByPerson({ settings }: StateControlPlane): boolean {
  return transportOf(settings) === "dashboard";
}
