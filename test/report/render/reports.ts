import type { AccessRow, Report, ReportLine } from "../../../provider/report/report.js";
import type { UnmanagedObject } from "../../../provider/report/unmanaged-object.js";

export function lineOf(more: Partial<ReportLine> = {}): ReportLine {
  return { section: "rest", severity: "low", text: "projects/checkout is renamed", values: [], details: [], ...more };
}

export function reportOf(more: Partial<Report> = {}): Report {
  return {
    version: 2,
    project: "acme",
    stack: "dev",
    operation: "up",
    verdict: "safe",
    reasons: [],
    lines: [],
    counts: {},
    access: [],
    made: { changeSetDigest: "5f0c7a1e9d3b2468" },
    ...more,
  };
}

const place = (line: number, file = "gatehouse.yaml") => ({ file, line, column: 5 });

/** Nothing changes. */
export const NOTHING = reportOf({ access: [accessOf("ada@acme.example", ["view", "billing"], ["view", "billing"])] });

const CAP = {
  object: "projects/checkout/keys/checkout-prod",
  kind: "ApiKey",
  operation: "update",
  place: place(41, "projects/checkout.yaml"),
} as const;

/** A usual pull request: eleven lines, one of which makes somebody an administrator and two of which are of one ceiling. */
export const ESCALATION = reportOf({
  verdict: "dangerous",
  reasons: [
    {
      verdict: "dangerous",
      text: "The gate cap-raised is closed for projects/checkout/keys/checkout-prod: hourlyUsd rises from 25 to 250.",
      approval: { gate: "cap-raised", object: "projects/checkout/keys/checkout-prod", change: "1234567890123456" },
    },
  ],
  counts: { create: 3, update: 6, delete: 1 },
  lines: [
    lineOf({
      ...CAP,
      section: "stopped",
      severity: "critical",
      text: "projects/checkout/keys/checkout-prod: hourlyUsd rises from 25 to 250",
      details: ["A zero too many is spent before anybody reads the bill.", "Raise it in steps of at most ×2 (write `hourlyUsd: 50`)."],
      rule: "cap-raised",
      change: "1234567890123456",
    }),
    lineOf({
      section: "access",
      severity: "critical",
      text: "kim@acme.example gains administration of the organization; manage keys, configure in every project",
      object: "members/kim@acme.example",
      kind: "OrganizationMember",
      operation: "update",
      values: [{ property: "role", before: "member", after: "admin" }],
      details: ["kim@acme.example widened in every project: view → view, manage keys, configure, by organization role admin"],
      place: place(12),
    }),
    lineOf({
      ...CAP,
      section: "limits",
      severity: "high",
      text: "projects/checkout/keys/checkout-prod: hourlyUsd rises: 25 → 250 USD an hour, ×10",
      values: [{ property: "hourlyUsd", before: 25, after: 250 }],
    }),
    lineOf({
      section: "keys",
      severity: "medium",
      text: "key checkout-batch is created in checkout for production",
      object: "projects/checkout/keys/checkout-batch",
      kind: "ApiKey",
      operation: "create",
      values: [
        { property: "hourlyUsd", before: undefined, after: 5 },
        { property: "token", before: undefined, after: "[secret]" },
        { property: "keyId", before: undefined, after: "(known after apply)" },
      ],
      place: place(47, "projects/checkout.yaml"),
    }),
    lineOf({
      section: "deletions",
      severity: "medium",
      text: "projects/old is deleted, and 2 keys go with it",
      object: "projects/old",
      kind: "Project",
      operation: "delete",
      details: ["projects/old/keys/one", "projects/old/keys/two"],
    }),
    ...["api", "batch", "chat", "docs", "eval", "fraud"].map((name, index) =>
      lineOf({
        text: `projects/${name} has another description`,
        object: `projects/${name}`,
        operation: "update",
        place: place(60 + index),
      }),
    ),
  ],
  access: [
    accessOf("kim@acme.example", ["view", "callModels"], ["view", "callModels", "manageKeys", "manageMembers", "configure", "delete"]),
    accessOf("lin@acme.example", ["view", "manageKeys"], ["view"], "checkout"),
    accessOf("ada@acme.example", ["view", "billing"], ["view", "billing"]),
  ],
  made: { commit: "0a1b2c3d4e5f", stateDigest: "99aa88bb77cc66dd", changeSetDigest: "5f0c7a1e9d3b2468" },
});

/** One line that makes somebody an administrator, reported after 200 that harm nobody would be lost. */
export const FLOOD = reportOf({
  verdict: "review",
  reasons: [
    { verdict: "review", text: "Somebody gains access." },
    { verdict: "review", text: "Limits rise." },
    { verdict: "review", text: "Objects go." },
  ],
  counts: { update: 201 },
  lines: [
    lineOf({ section: "access", severity: "critical", text: "mallory@acme.example gains billing", place: place(7) }),
    ...Array.from({ length: 200 }, (_, index) => lineOf({ text: `projects/p${index} has another color`, place: place(100 + index) })),
  ],
});

/** A guardrail says no. */
export const BLOCKED = reportOf({
  operation: "destroy",
  verdict: "blocked",
  reasons: [
    { verdict: "review", text: "A key without an end is created." },
    { verdict: "blocked", text: "The guardrail key-has-expiry stops this run: ApiKey projects/checkout/keys/forever has no expiresAt." },
  ],
  counts: { delete: 1 },
  lines: [
    lineOf({
      section: "stopped",
      severity: "critical",
      text: "ApiKey projects/checkout/keys/forever (expiresAt) never expires",
      object: "projects/checkout/keys/forever",
      kind: "ApiKey",
      rule: "key-has-expiry",
      place: place(3),
    }),
  ],
});

export const NAMED = { NOTHING, ESCALATION, FLOOD, BLOCKED };

/** A report in which every text is this one. */
export function reportSaying(text: string): Report {
  const line = lineOf({
    text,
    object: text,
    kind: text,
    operation: "update",
    values: [{ property: text, before: text, after: { [text]: text } }],
    details: [text, text],
    place: { file: text, line: 1, column: 1 },
    rule: text,
    change: text,
  });
  const approval = { gate: text, object: text, change: text };
  return reportOf({
    project: text,
    stack: text,
    verdict: "dangerous",
    reasons: [1, 2, 3].map(() => ({ verdict: "dangerous", text, approval })),
    lines: (["critical", "high", "medium", "low"] as const).map((severity) => ({ ...line, severity })),
    access: [{ ...accessOf(text, [text], [`${text} more`]), controlPlane: text, scope: text }],
    unmanaged: [unmanagedSaying(text)],
    made: { commit: text, stateDigest: text, changeSetDigest: text },
  });
}

function unmanagedSaying(text: string): UnmanagedObject {
  const ready = { line: text, file: text, under: text, note: text };
  const names = {
    controlPlane: text,
    kind: text,
    id: text,
    key: text,
    owner: text,
    environment: text,
    lastUsedAt: text,
    ignoredUntil: text,
  };
  return { ...names, severity: "critical", why: text, ageDays: 1, adopt: ready, ignore: ready, remove: ready };
}

function accessOf(subject: string, before: readonly string[], after: readonly string[], scope = "every project"): AccessRow {
  return { subject, subjectType: "person", controlPlane: "main", scope, before, after };
}
