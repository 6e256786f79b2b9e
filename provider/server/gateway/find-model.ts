import { forbidden, invalid } from "../refusal.js";
import type { StoredObject } from "../store/objects.js";
import type { Call, Gateway } from "./call.js";

const TIER_PREFIX = "tier:";

export interface FoundModel {
  readonly identifier: string;
  /** Its entry in the registry; undefined where nothing is registered and so anything is served. */
  readonly entry: StoredObject | undefined;
}

/** The model that answers a request. `tier:simple` stands for the model of that tier. */
export function findModel(gateway: Gateway, { key, project }: Call, requested: string): FoundModel {
  const identifier = requested.startsWith(TIER_PREFIX) ? modelOfTier(gateway, project, requested) : requested;
  const { allowed, blocked } = (key.body.models ?? {}) as { allowed?: string[]; blocked?: string[] };
  if ((allowed !== undefined && !allowed.includes(identifier)) || blocked?.includes(identifier)) {
    throw forbidden(`key "${key.body.name}" may not call the model "${identifier}"`, "model_not_allowed");
  }
  const registry = gateway.store.objects.ofKind("Model").filter((m) => m.body.project === undefined || m.body.project === project.id);
  const entries = registry.filter((m) => m.body.identifier === identifier);
  if (registry.length > 0 && entries.length === 0) {
    throw forbidden(`project "${project.body.slug}" serves only registered models, and "${identifier}" is none`, "model_not_registered");
  }
  return { identifier, entry: entries.find((m) => m.body.project === project.id) ?? entries[0] };
}

function modelOfTier({ store }: Gateway, project: StoredObject, requested: string): string {
  const tier = store.objects.get("RoutingTier", requested.slice(TIER_PREFIX.length), project.id);
  if (tier === undefined) {
    throw invalid(
      [{ property: "model", reason: `project "${project.body.slug}" has no tier "${requested.slice(TIER_PREFIX.length)}"` }],
      "unknown_reference",
    );
  }
  return String(tier.body.model);
}
