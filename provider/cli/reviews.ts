import { kindNamed } from "../../schema/kinds/index.js";
import { adapterOf } from "../adapters/index.js";
import { specialised } from "../adapters/support.js";
import type { Step } from "../dashboard/steps.js";
import { personStep } from "../lifecycle/person-step.js";
import { attestedObjects } from "./aged-attestations.js";
import type { StateResource } from "./state.js";

/** A look at one object that a person attested: the step, and what it would renew. */
export interface Review {
  readonly step: Step;
  readonly urn: string;
  /** When the object was attested last. */
  readonly attestedAt: string;
}

/** Looks at the objects whose attestation is `minDays` old or older, the oldest first. They show what the state holds, not what is declared. */
export function reviewsOf(resources: readonly StateResource[], minDays: number, now: number): readonly Review[] {
  return attestedObjects(resources, minDays, now).flatMap(({ kind: kindName, name, at, resource, plane: { settings } }): Review[] => {
    const described = kindNamed(kindName);
    if (described === undefined) return [];
    const adapter = adapterOf(settings.system);
    const change = { operation: "review", objectId: resource.id ?? "", olds: ownOutputs(resource) } as const;
    const step = personStep({ settings, adapter }, specialised(adapter, described), change, name);
    return step === undefined ? [] : [{ step, urn: resource.urn, attestedAt: at }];
  });
}

function ownOutputs({ outputs = {} }: StateResource): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(outputs).filter(([name, value]) => !name.startsWith("__") && value !== null));
}
