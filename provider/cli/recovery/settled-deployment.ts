import type { CheckpointResource, Deployment } from "./checkpoint.js";
import { isOurs } from "./pending-creates.js";

/** A deployment without pending operations of ours, in which the objects that were made are recorded as the engine would have done. */
export function settledDeployment(deployment: Deployment, made: readonly CheckpointResource[]): Deployment {
  const urns = new Set(made.map((resource) => resource.urn));
  // The object that a new one replaces was deleted to make room, or is still to be deleted.
  const kept = (deployment.resources ?? [])
    .filter((resource) => !(urns.has(resource.urn) && resource.pendingReplacement))
    .map((resource) => (urns.has(resource.urn) ? { ...resource, delete: true } : resource));
  const { pending_operations: pending = [], ...rest } = deployment;
  const left = pending.filter((operation) => !isOurs(operation));
  return { ...rest, resources: [...kept, ...made], ...(left.length === 0 ? {} : { pending_operations: left }) };
}
