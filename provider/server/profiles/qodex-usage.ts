import { HOUR_MS } from "../gateway/periods.js";
import { tooMany } from "../refusal.js";
import type { Service } from "../routes/service.js";
import type { StoredObject } from "../store/objects.js";

/** Who pays for a call to a model. */
export type Source = "platform" | "byok" | "codex_pool";

const PLATFORM: Source = "platform";

/** Caps of what the platform pays for a project, over rolling windows. Their values are not published; these are the simulation's. */
const CAPS = [
  { name: "fiveHour", windowMs: 5 * HOUR_MS, usd: 5 },
  { name: "weekly", windowMs: 7 * 24 * HOUR_MS, usd: 20 },
] as const;

/** The project's own key pays when there is one; else what is asked for, else the platform. */
export function sourceOf({ store }: Pick<Service, "store">, project: StoredObject, asked: unknown): Source {
  if (store.objects.find("ProviderCredential", "project", project.id).length > 0) return "byok";
  return asked === "codex_pool" ? "codex_pool" : PLATFORM;
}

/** Throws when the platform's share is used up; other sources are exempt. */
export function refuseOverPlatformCap(service: Service, project: StoredObject, source: Source): void {
  if (source !== PLATFORM) return;
  for (const { name, usd, usedUsd } of capsOf(service, project)) {
    if (usedUsd < usd) continue;
    throw tooMany(
      `the project used its ${name} cap of ${usd} USD: wait until it leaves the window, or bring a key of its own`,
      60,
      "cap_reached",
    );
  }
}

/** Books one call: one row, under the source that pays for it. */
export function bookCall(service: Service, project: StoredObject, source: Source, costUsd: number): void {
  const at = service.now();
  const tokens = { inputTokens: 0, outputTokens: 0 };
  service.store.usage.book({ at, key: "", project: project.id, environment: source, model: "gpt", ...tokens, costUsd });
}

/** The caps with what counts for them now. They are read, never written. */
export function capsOf({ store, now }: Service, project: StoredObject): { name: string; usd: number; usedUsd: number }[] {
  const at = now().getTime();
  return CAPS.map(({ name, windowMs, usd }) => {
    const since = new Date(at - windowMs + 1);
    return { name, usd, usedUsd: store.usage.spentUsd({ project: project.id, environment: PLATFORM }, since) };
  });
}
