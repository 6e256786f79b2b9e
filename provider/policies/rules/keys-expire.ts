import { dayAfter } from "../../../schema/day-after.js";
import { durationMs } from "../../../schema/duration.js";
import { integer } from "../../../schema/field.js";
import { defineRule, setting, type Violation } from "../rule.js";
import { type SeenObject, UNKNOWN, type Unknown } from "../seen.js";
import type { StackView } from "../stack-view.js";

export const keysExpire = defineRule({
  name: "keys-expire",
  title: "A key expires within 90 days, or has an end or a renewal where its system ends none",
  why: "A key that never ends works for whoever finds it, for as long as it exists.",
  enforces: ["A-25"],
  level: "mandatory",
  alone: "ApiKey",
  settings: { maxDays: setting(integer({ minimum: 1, maximum: 3650 }), 90, 30) },
  check: (view, { settings: { maxDays }, today }) => {
    const last = dayAfter(today, maxDays);
    return view.of("ApiKey").flatMap((key): readonly Violation[] => {
      const environment = view.environmentOf(key);
      // Of a key that may be a production key nothing is said here, so that the whole stack's view can say it at its true level.
      if (environment === UNKNOWN) return [];
      if (!view.keeps(key, "expiresAt")) return withoutExpiry(view, key, { maxDays, last });
      const { expiresAt, rotateEvery } = key.inputs;
      // Each secret ends within that time by itself; a day that somebody has to move along would defeat it.
      if (expiresAt === undefined && isWithin(rotateEvery, maxDays)) return [];
      if (expiresAt === UNKNOWN || (expiresAt !== undefined && expiresAt.slice(0, 10) <= last)) return [];
      const what = expiresAt === undefined ? "never expires" : `expires on ${expiresAt}, more than ${maxDays} days from today`;
      const advice = `Write \`expiresAt: ${last}\` or an earlier day, and raise \`rotate\` before it.`;
      return [{ object: key, property: "expiresAt", what, advice, onlyAdvice: environment === "production" ? undefined : "unlessAsked" }];
    });
  },
  example: {
    bad: "projects: { checkout: { name: Checkout AI, keys: { checkout-prod: { environment: production, expiresAt: 2029-01-01 } } } }",
    good: `
projects:
  checkout:
    name: Checkout AI
    launch: { owner: lin@acme.example }
    keys:
      checkout-prod: { environment: production, ownerType: service, owner: lin@acme.example, consumer: checkout-api, monthlyUsd: 900, expiresAt: 2027-02-01 }`,
  },
});

/**
 * Where the system ends no key by itself, its end is what somebody declared: Gatehouse ends it then, with the first run on that day, or it
 * is renewed. That is advice: an end that comes with a run is weaker than one that the system keeps, and whoever renews keys has no need of
 * it. No system tells when it issued a key, so a key that was renewed once by hand passes for ever, and the message says so.
 */
function withoutExpiry(
  view: StackView,
  key: SeenObject<"ApiKey">,
  { maxDays, last }: { readonly maxDays: number; readonly last: string },
): readonly Violation[] {
  const { expiresAt, rotate, rotateEvery } = key.inputs;
  if (isWithin(rotateEvery, maxDays)) return [];
  if (expiresAt === UNKNOWN || (expiresAt !== undefined && expiresAt.slice(0, 10) <= last)) return [];
  if (rotate === UNKNOWN || (rotate !== undefined && rotate > 0)) return [];
  const onlyAdvice = "always";
  if (expiresAt !== undefined) {
    const what = `expires on ${expiresAt}, more than ${maxDays} days from today`;
    return [{ object: key, property: "expiresAt", what, advice: `Write \`expiresAt: ${last}\` or an earlier day.`, onlyAdvice }];
  }
  const what = "never expires, since its system ends no key by itself, and neither an end nor a renewal of it is declared";
  const end = `Write \`expiresAt: ${last}\` or an earlier day, and Gatehouse ends it then`;
  const renewal = `raise \`rotate\` now and at least every ${maxDays} days: from the first renewal on nobody reminds you, since the system does not tell how old a key is`;
  const advice = view.offers(key, "rotate") ? `${end}; or ${renewal}.` : `${end}.`;
  return [{ object: key, property: "expiresAt", what, advice, onlyAdvice }];
}

/** A time that only the apply will know may be short enough. */
function isWithin(rotateEvery: string | Unknown | undefined, maxDays: number): boolean {
  if (rotateEvery === undefined || rotateEvery === UNKNOWN) return rotateEvery === UNKNOWN;
  return durationMs(rotateEvery) <= durationMs(`${maxDays}d`);
}
