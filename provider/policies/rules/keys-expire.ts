import { integer } from "../../../schema/field.js";
import { defineRule, setting, type Violation } from "../rule.js";
import { type SeenObject, UNKNOWN } from "../seen.js";
import type { StackView } from "../stack-view.js";

const DAY_MS = 24 * 60 * 60 * 1000;

export const keysExpire = defineRule({
  name: "keys-expire",
  title: "A key expires within 90 days",
  why: "A key that never ends works for whoever finds it, for as long as it exists.",
  enforces: ["A-25"],
  level: "mandatory",
  alone: "ApiKey",
  settings: { maxDays: setting(integer({ minimum: 1, maximum: 3650 }), 90, 30) },
  check: (view, { settings: { maxDays }, today }) => {
    const last = daysAfter(today, maxDays);
    return view.of("ApiKey").flatMap((key): readonly Violation[] => {
      const environment = view.environmentOf(key);
      // Of a key that may be a production key nothing is said here, so that the whole stack's view can say it at its true level.
      if (environment === UNKNOWN) return [];
      if (!view.offers(key, "expiresAt")) return withoutExpiry(view, key, maxDays);
      const { expiresAt } = key.inputs;
      if (expiresAt === UNKNOWN || (expiresAt !== undefined && expiresAt.slice(0, 10) <= last)) return [];
      const what = expiresAt === undefined ? "never expires" : `expires on ${expiresAt}, more than ${maxDays} days from today`;
      const advice = `Write \`expiresAt: ${last}\` or an earlier day, and raise \`rotate\` before it.`;
      return [{ object: key, property: "expiresAt", what, advice, onlyAdvice: environment !== "production" }];
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

/** Where keys have no end, the number that renews a key is the only sign that somebody does. */
function withoutExpiry(view: StackView, key: SeenObject<"ApiKey">, maxDays: number): readonly Violation[] {
  if (key.inputs.rotate !== undefined || !view.offers(key, "rotate")) return [];
  const advice = `Write \`rotate: 1\` and raise the number at least every ${maxDays} days.`;
  return [{ object: key, property: "rotate", what: "never expires, since its system ends no key by itself", advice, onlyAdvice: true }];
}

function daysAfter(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
