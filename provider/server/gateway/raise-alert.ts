import type { StoredObject } from "../store/objects.js";
import type { Gateway } from "./call.js";

/** Something that happened in the organization, or in one of its projects. */
export interface Occurrence {
  /** In the words of the kind Alert. */
  readonly event: string;
  /** Project it happened in; in the organization as a whole when absent. */
  readonly project: string | undefined;
  /** What was measured, where the event has a measure. An alert with a higher threshold stays silent. */
  readonly value?: number;
  /** Word that is the same for what an alert tells only once, such as the beginning of the month. */
  readonly occasion: string;
}

/** Records the occurrence for each alert that waits for it. An alert of a project hears of its project only (F-49). */
export function raiseAlert(gateway: Gateway, occurrence: Occurrence): void {
  for (const alert of gateway.store.objects.ofKind("Alert").filter((candidate) => hears(candidate, occurrence))) {
    const threshold = alert.body.threshold;
    gateway.store.alertEvents.append({
      ...occurrence,
      at: gateway.now.toISOString(),
      kind: alert.kind,
      object: alert.id,
      name: String(alert.body.name),
      threshold: typeof threshold === "number" ? threshold : undefined,
    });
  }
}

function hears({ body }: StoredObject, { event, project, value }: Occurrence): boolean {
  const waitsFor = [body.event, ...(Array.isArray(body.events) ? body.events : [])];
  const isConcerned = body.project === undefined || body.project === project;
  const isReached = typeof body.threshold !== "number" || value === undefined || value >= body.threshold;
  return body.enabled !== false && waitsFor.includes(event) && isConcerned && isReached;
}
