import { DAYS_PATTERN, DURATION_PATTERN } from "../duration.js";
import { flag, integer, json, list, money, object, oneOf, person, ref, text } from "../field.js";
import { defineKind, type Problem } from "../kind.js";
import { limit } from "./limit.js";
import { ENVIRONMENTS } from "./project.js";

/** A key that calls models on behalf of a service or a person. Its secret is shown once, at creation. */
export const apiKey = defineKind("ApiKey", {
  path: "/keys",
  key: ["name"],
  custody: { statusField: "status", ended: ["revoked", "missing"], healthy: "active", renewedBy: "rotate" },
  about: "security",
  stackFile: [
    { under: "Project", at: ["keys"], keyField: "name" },
    { at: ["keys"], keyField: "name" },
  ],
  fields: {
    /** Name of the key, unique among the keys that are in use. */
    name: text({ maxLength: 100, named: true, about: "cosmetic" }),
    /** Hard lock: the key serves this project and no other. Changing it replaces the key. */
    project: ref("Project", { optional: true, replace: true }),
    /** Project of a request that names none. Only for keys without a hard lock. */
    defaultProject: ref("Project", { optional: true }),
    /** Environment class of the key; its project's when absent. */
    environment: oneOf(ENVIRONMENTS, { optional: true }),
    /** Person who answers for the key. */
    owner: person({ optional: true }),
    /** Whether a service or a person uses the key. */
    ownerType: oneOf(["service", "person"], { optional: true }),
    /** The one service or job that uses the key. */
    consumer: text({ maxLength: 100, optional: true }),
    /** What the key is for, up to 500 characters. */
    description: text({ maxLength: 500, optional: true, about: "cosmetic" }),
    /** What the key may do besides calling models. */
    permissions: list(oneOf(["read", "write"]), { optional: true, unordered: true }),
    /** Models the key may call, or may not. All models of its project when absent. */
    models: object(
      {
        /** The only identifiers the key may call. */
        allowed: list(ref("Model", { by: "identifier", soft: true }), { optional: true, unordered: true }),
        /** Identifiers the key may not call. */
        blocked: list(ref("Model", { by: "identifier", soft: true }), { optional: true, unordered: true }),
      },
      { optional: true },
    ),
    /** Addresses or CIDR ranges that may use the key. Any when absent. */
    ipAllowList: list(text({ maxLength: 64, pattern: "^[0-9a-fA-F.:]+(/[0-9]{1,3})?$" }), { optional: true, unordered: true }),
    /** Ceilings of use; above one of them a request gets 429. */
    rates: object(
      {
        /** Requests per minute. */
        requestsPerMinute: integer({ minimum: 1, optional: true, cap: true }),
        /** Requests per hour. */
        requestsPerHour: integer({ minimum: 1, optional: true, cap: true }),
        /** Requests per day. */
        requestsPerDay: integer({ minimum: 1, optional: true, cap: true }),
        /** Tokens per minute. */
        tokensPerMinute: integer({ minimum: 1, optional: true, cap: true }),
        /** Tokens per hour. */
        tokensPerHour: integer({ minimum: 1, optional: true, cap: true }),
        /** Tokens per day. */
        tokensPerDay: integer({ minimum: 1, optional: true, cap: true }),
      },
      { optional: true },
    ),
    /** Spending cap per hour, in US dollars. At it the key is paused until the hour is over. No cap when absent. */
    hourlyUsd: money({ optional: true, cap: true }),
    /** Spending cap per calendar month, in US dollars. At it requests get 402 until spend is below 95 %. No cap when absent. */
    monthlyUsd: money({ optional: true, cap: true }),
    /** What happens at the monthly cap: requests are refused (`block`, when absent), or somebody is told and they go on (`warn`). */
    onBreach: oneOf(["block", "warn"], { optional: true, about: "money" }),
    /** Ceilings per model that stand instead of, or beside, the ones of the model. */
    limits: list(
      object({
        /** Identifier of the model. */
        model: ref("Model", { by: "identifier", soft: true }),
        /** `replace` stands instead of the model's limits, `extend` beside them, `disable` lifts them. */
        mode: oneOf(["replace", "extend", "disable"], { optional: true }),
        /** The ceilings. */
        limits: list(limit, { optional: true }),
      }),
      { optional: true, about: "money" },
    ),
    /** Name of the routing rule that requests of this key follow. */
    routingRule: text({ maxLength: 100, optional: true, about: "availability" }),
    /** Words to find and group keys by. */
    labels: list(text({ maxLength: 63 }), { optional: true, unordered: true, maxItems: 64, about: "cosmetic" }),
    /** Day on which the key stops working (`2027-02-01`). It does not when absent. */
    expiresAt: text({ format: "date", optional: true, ends: "on" }),
    /**
     * Raise this number to replace the secret. The former secret stops working at once, or by `overlap`. While both keys live, the
     * former number makes the former key the one in use again.
     */
    rotate: integer({ minimum: 0, optional: true, local: true, renewsSecret: true }),
    /** Age at which the secret is replaced without anybody's doing: `90d`. Said 14 days before. Never when absent; needs `overlap`. */
    rotateEvery: text({ pattern: DAYS_PATTERN, optional: true, local: true }),
    /**
     * How long the former key must be unused before it ends: `24h`, `7d`. Where the system shows no last use, how long it lives beside
     * the new one. When absent the former secret stops working at once.
     */
    overlap: text({ pattern: DURATION_PATTERN, optional: true, local: true }),
    /** Name of the sink that each new secret is handed to, as the operator has set it up (GATEHOUSE_SINKS). It is then in no state. */
    deliverTo: text({ maxLength: 63, pattern: "^[a-z][a-z0-9-]*$", optional: true, local: true }),
    /** Assigned by the control plane; safe to show. */
    keyId: text({ computed: true }),
    /** The secret with all but a few characters hidden. */
    maskedToken: text({ computed: true }),
    /** `active`, `paused` (a cap was reached), `disabled`, `revoked`; `missing` when the server no longer knows the key. */
    status: oneOf(["active", "paused", "disabled", "revoked", "missing"], { computed: true }),
    /** When the key was last used. Shown by the control plane, not kept in the state. */
    lastUsedAt: text({ computed: true, volatile: true, format: "date-time" }),
    /** True when the secret is not known to Gatehouse: the key was adopted. */
    external: flag({ computed: true, local: true }),
    /** When the secret in use was issued. */
    issuedAt: text({ computed: true, local: true, format: "date-time" }),
    /** Where the secret in use was handed to, with what tells it from others. */
    delivery: object(
      {
        /** Name of the sink. */
        sink: text(),
        /** Where in the sink it is, for people to find it. */
        place: text(),
        /** The sink's own name of the version, where it has versions. */
        version: text({ optional: true }),
        /** First digits of the SHA-256 of the secret, to recognise it by. */
        fingerprint: text(),
        /** When it was handed over. */
        at: text({ format: "date-time" }),
      },
      { computed: true, local: true },
    ),
    /** The key before the last rotation, while it still works. */
    retiring: object(
      {
        /** Its id at the control plane. */
        keyId: text(),
        /** When the new key took its place. */
        since: text({ format: "date-time" }),
        /** When its own secret was issued. */
        issuedAt: text({ format: "date-time", optional: true }),
        /** When it was last used, where the system says. */
        lastUsedAt: text({ format: "date-time", optional: true }),
        /** The number in `rotate` before, which is the way back. */
        rotate: integer({ optional: true }),
        /** Its hand-over. */
        delivery: json<Readonly<Record<string, unknown>>>({ type: "object" }, { optional: true }),
      },
      { computed: true, local: true },
    ),
    /** The secret. Shown by the control plane once, kept encrypted in the state unless it was handed to a sink. */
    token: text({ computed: true, secret: true, revealedOnce: true }),
    /** The secret of the retiring key, where no sink has it. */
    formerToken: text({ computed: true, local: true, secret: true }),
  },
  rules: (inputs) => {
    const problems: Problem[] = [];
    if (inputs.project !== undefined && inputs.defaultProject !== undefined) {
      problems.push({
        property: "defaultProject",
        reason: "has no effect on a key that is locked to a project: keep project or defaultProject, not both",
      });
    }
    const models = inputs.models as { allowed?: unknown; blocked?: unknown } | undefined;
    if (models?.allowed !== undefined && models.blocked !== undefined) {
      problems.push({ property: "models", reason: "allowed and blocked exclude each other: keep one" });
    }
    if (inputs.rotateEvery !== undefined && inputs.overlap === undefined) {
      problems.push({
        property: "rotateEvery",
        reason: "would end the secret in use by the clock: give `overlap` too, the time for which the former key stays (`24h`)",
      });
    }
    return problems;
  },
});
