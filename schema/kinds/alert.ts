import { flag, list, number, object, oneOf, oneOfOrCustom, ref, secret, text } from "../field.js";
import { defineKind, type Problem } from "../kind.js";

const ALERT_EVENTS = [
  "budget_exceeded",
  "alert_triggered",
  "security_alert",
  "grade_below_threshold",
  "circuit_breaker",
  "billing.generated",
  "billing.paid",
  "billing.overdue",
  "usage.alert",
  "usage.limit_reached",
  "member.invited",
  "member.joined",
  "member.removed",
  "key.created",
  "key.disabled",
  "key.deleted",
  "test_run_completed",
] as const;

/** Tells somebody when something happens. */
export const alert = defineKind("Alert", {
  path: "/alerts",
  key: ["name"],
  keyScope: "project",
  about: "security",
  stackFile: [
    { at: ["alerts"], keyField: "name" },
    { under: "Project", at: ["alerts"], keyField: "name" },
  ],
  fields: {
    /** Name of the alert, unique among its siblings. Changing it replaces the alert. */
    name: text({ maxLength: 100, replace: true, named: true }),
    /** Project it watches; the whole organization when absent. Changing it replaces the alert. */
    project: ref("Project", { optional: true, replace: true }),
    /** What it waits for. */
    event: oneOfOrCustom(ALERT_EVENTS, { optional: true }),
    /** Further events that it waits for. */
    events: list(oneOfOrCustom(ALERT_EVENTS), { optional: true, unordered: true }),
    /** Value at which it fires, in the unit of the event. */
    threshold: number({ optional: true }),
    /** How it tells. */
    channel: object({
      /** Address that is called; https. */
      webhook: text({ format: "uri", pattern: "^https://", maxLength: 2048, optional: true }),
      /** How the address is called; with a POST when absent. */
      method: oneOf(["POST", "GET"], { optional: true }),
      /** Signs the calls of a webhook, so that the receiver can tell them from others'; the password or key of a mail service. */
      secret: secret({ optional: true }),
      /** Address that gets an e-mail. */
      email: text({ format: "email", maxLength: 254, optional: true, caseInsensitive: true }),
      /** Mail service that sends, where the system has several: smtp, ses, sendgrid, azure, google. */
      provider: oneOf(["webhook", "smtp", "ses", "sendgrid", "azure", "google"], { optional: true }),
      /** Sender of the e-mails. */
      fromAddress: text({ format: "email", maxLength: 254, optional: true }),
      /** Name that the e-mails show beside the sender's address. */
      fromName: text({ maxLength: 100, optional: true }),
      /** Mail server. */
      host: text({ maxLength: 253, optional: true }),
      /** Port of the mail server. */
      port: number({ minimum: 1, maximum: 65_535, optional: true }),
      /** Whether the connection to the mail server begins with TLS. When absent: for a new alert, on port 465 only. */
      secure: flag({ optional: true }),
      /** Who logs in to the mail server. When absent: the sender, for a new alert with a secret. */
      username: text({ maxLength: 254, optional: true }),
      /** Region of the mail service. */
      region: text({ maxLength: 64, optional: true }),
      /** Public half of the mail service's key, whose other half is the secret. */
      accessKeyId: text({ maxLength: 128, optional: true }),
      /** Client at the mail service, whose secret is the secret. */
      clientId: text({ maxLength: 256, optional: true }),
      /** Lets the client send in its owner's name. */
      refreshToken: secret({ optional: true }),
    }),
    /** When a scheduled run happens and what it runs, for systems whose alerts belong to schedules. */
    schedule: object(
      {
        /** Five fields: minute, hour, day of the month, month, day of the week. */
        cron: text({ pattern: "^\\S+ \\S+ \\S+ \\S+ \\S+$" }),
        /** Time zone of the schedule, such as `Europe/Berlin`. */
        timezone: text({ maxLength: 64, optional: true }),
        /** Environment that is run against. */
        environment: ref("Environment", { by: "name", soft: true, optional: true }),
        /** What runs: `all` active scenarios, those that are `tagged`, or those that are `selected`. All when absent. */
        runType: oneOf(["all", "tagged", "selected"], { optional: true }),
        /** Tags of the scenarios that run, for the run type `tagged`. */
        tags: list(text({ maxLength: 100 }), { optional: true, unordered: true }),
        /** Names of the scenarios and groups that run, for the run type `selected`. */
        scenarios: list(text({ maxLength: 200 }), { optional: true, unordered: true }),
        /** Leaves out scenarios of another priority. */
        priority: text({ maxLength: 50, optional: true }),
      },
      { optional: true },
    ),
    /** Which results are told. */
    notifyOn: oneOf(["always", "failure", "never"], { optional: true }),
    /** False to keep the alert without using it. */
    enabled: flag({ optional: true }),
    /** Assigned by the control plane. */
    alertId: text({ computed: true }),
  },
  rules: ({ channel, event, events, schedule, adopt }) => {
    const { webhook, email, provider } = (channel ?? {}) as { webhook?: string; email?: string; provider?: string };
    const problems: Problem[] = [];
    if (channel !== undefined && webhook === undefined && email === undefined && provider === undefined) {
      problems.push({ property: "channel", reason: "reaches nobody: give webhook or email" });
    }
    // Where a system knows channels and no events, one that is taken over waits for nothing.
    const isTakenOver = adopt === "ifExists" || adopt === "require";
    if (event === undefined && events === undefined && schedule === undefined && !isTakenOver) {
      problems.push({ property: "event", reason: "is missing: say what the alert waits for" });
    }
    return problems;
  },
});
