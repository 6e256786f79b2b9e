/** Every published rule of severity has a change that fits it, and most have one that is just not enough. */
import { describe, expect, it } from "vitest";
import type { Step } from "../../provider/plan/changes.js";
import { SEVERITY_RULES, type SeverityRuleName } from "../../provider/report/severity.js";
import { severityTable } from "../../provider/report/severity-table.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { created, deleted, kept, plane, released, replaced, TODAY, updated } from "../gates/support/plan.js";
import { type Plan, reportOfPlan } from "./support/report-of-plan.js";

interface Case extends Plan {
  readonly rule: SeverityRuleName;
  readonly change: string;
  readonly steps: readonly Step[];
  /** What the line says. */
  readonly says: string;
}

const CHECKOUT = kept("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout" }, { id: "p1" });
const KIM = { user: "kim@acme.example", role: "member" };
const member = (to: object) => [updated("OrganizationMember", "members/kim", KIM, { ...to })];
const PRODUCTION = { name: "prod", project: "p1", environment: "production", consumer: "api", ownerType: "service", rotate: 1 };
const { project: _, ...UNLOCKED } = PRODUCTION;
const key = (to: object, from: object = {}) => [CHECKOUT, updated("ApiKey", "keys/prod", { ...PRODUCTION, ...from }, { ...to })];
const budget = (to: object, from: object = {}) => [
  updated("Budget", "budgets/all", { name: "all", amountUsd: 300, period: "month", ...from }, { ...to }),
];
const security = (to: object, from: object = { singleSignOn: { status: "required", protocol: "oidc" } }) => [
  updated("SecurityPolicy", "security", { ...from }, { ...to }),
];
const SIGN_ON = { status: "required", protocol: "oidc" };
const MODEL = {
  identifier: "a",
  project: "p1",
  endpoint: "https://models.acme.example",
  visibility: "private",
  inputUsdPerMillionTokens: 1,
};
const model = (to: object) => [CHECKOUT, updated("Model", "models/a", MODEL, { ...to })];
const APPROVAL = {
  gate: "cap-raised",
  object: "budgets/all",
  change: "0123456789abcdef",
  by: "cto@acme.example",
  reason: "agreed with the team",
  until: "2026-12-31",
};
const EXCEPTION = { rule: "keys-expire", object: "keys/prod", reason: "replaced in January", until: "2026-12-31" };
const house = (from: object, to: object) => [updated("Governance", "governance", { ...from }, { ...to })];
const VIOLATION = { rule: "keys-expire", kind: "ApiKey", name: "keys/prod", message: "ApiKey keys/prod never expires. Write expiresAt." };
const CLOSED = {
  gate: "cap-raised",
  object: "budgets/all",
  change: APPROVAL.change,
  what: "amountUsd rises",
  advice: "Raise it in steps.",
};

const CASES: readonly Case[] = [
  {
    rule: "failure",
    change: "that fails",
    steps: [],
    failures: [{ name: "keys/a", message: "refused\nfor a reason" }],
    says: "keys/a: refused",
  },
  {
    rule: "gate-closed",
    change: "that a gate stops",
    steps: [],
    gates: { closed: [CLOSED], opened: [] },
    says: "budgets/all: amountUsd rises",
  },
  {
    rule: "gate-opened",
    change: "that somebody approved",
    steps: [],
    gates: { closed: [], opened: [{ closed: CLOSED, approval: APPROVAL }] },
    says: "budgets/all: amountUsd rises; approved by cto@acme.example until 2026-12-31",
  },
  {
    rule: "administration-gained",
    change: "that makes a member an administrator",
    steps: member({ role: "admin" }),
    says: "kim@acme.example gains administration of the organization; call models, manage keys, manage members, configure, delete in every project",
  },
  {
    rule: "administration-gained",
    change: "that gives a role nobody knows yet",
    steps: member({ role: UNKNOWN }),
    says: "kim@acme.example gains what may be administration of the organization; call models?, create projects?, manage keys?, manage members?, configure?, delete?, billing? in every project",
  },
  {
    rule: "role-administers",
    change: "that widens a custom role nobody holds",
    steps: [
      updated("Role", "roles/auditor", { name: "auditor", permissions: [] }, { permissions: ["member:write", "organization:write"] }),
    ],
    says: "the custom role auditor now gives administration of the organization",
  },
  {
    rule: "role-administers",
    change: "that creates a custom role with permissions only an apply will know",
    steps: [created("Role", "roles/auditor", { name: "auditor", permissions: [UNKNOWN] })],
    says: "the custom role auditor may now give administration of the organization",
  },
  {
    rule: "production-key-unlocked",
    change: "that unlocks a production key",
    steps: key({ project: undefined, defaultProject: "p1" }),
    says: "production key prod is no longer locked to its project, and gets a default project instead",
  },
  {
    rule: "production-key-unlocked",
    change: "that moves the declaration of a production key and loses its lock",
    steps: [CHECKOUT, deleted("ApiKey", "projects/checkout/keys/prod", PRODUCTION), created("ApiKey", "keys/prod", UNLOCKED)],
    says: "production key prod is no longer locked to its project",
  },
  {
    rule: "production-key-shared",
    change: "that gives a production key a second consumer",
    steps: key({ consumer: "api, search" }),
    says: "production key prod is shared by several consumers",
  },
  {
    rule: "production-key-shared",
    change: "that takes a production key's consumer away",
    steps: key({ consumer: undefined }),
    says: "production key prod no longer belongs to one consumer",
  },
  {
    rule: "production-key-shared",
    change: "that hands a production key to a person",
    steps: key({ ownerType: "person" }),
    says: "production key prod goes from a service to a person",
  },
  {
    rule: "single-sign-on-off",
    change: "that switches single sign-on off",
    steps: security({ singleSignOn: { status: "off" } }),
    says: "single sign-on, which is required now, is off",
  },
  {
    rule: "single-sign-on-off",
    change: "that no longer declares single sign-on",
    steps: security({ singleSignOn: undefined }),
    says: "single sign-on, which is required now, is no longer declared",
  },
  {
    rule: "identity-provider-changed",
    change: "that sends people to another identity provider",
    steps: security(
      { singleSignOn: { ...SIGN_ON, identityProviderUrl: "https://evil.example" } },
      { singleSignOn: { ...SIGN_ON, identityProviderUrl: "https://login.acme.example" } },
    ),
    says: "people sign in through another identity provider: identityProviderUrl",
  },
  {
    rule: "approval-added",
    change: "that brings an approval",
    steps: house({}, { approvals: [APPROVAL] }),
    says: "approval of gate cap-raised for budgets/all by cto@acme.example (change 0123456789abcdef) is added, until 2026-12-31",
  },
  {
    rule: "approval-added",
    change: "that makes an approval last longer",
    steps: house({ approvals: [APPROVAL] }, { approvals: [{ ...APPROVAL, until: "2027-01-31" }] }),
    says: "approval of gate cap-raised for budgets/all by cto@acme.example (change 0123456789abcdef) is extended from 2026-12-31 to 2027-01-31",
  },
  {
    rule: "approval-added",
    change: "whose approvals only the apply will know",
    steps: house({}, { approvals: UNKNOWN }),
    says: "only the apply knows which approvals there will be",
  },
  {
    rule: "guardrail-stops",
    change: "that a mandatory guardrail forbids",
    steps: [],
    violations: [{ ...VIOLATION, level: "mandatory" }],
    says: VIOLATION.message,
  },
  {
    rule: "management-gained",
    change: "that lets somebody manage keys in a project",
    steps: [CHECKOUT, created("ProjectMember", "projects/checkout/members/kim", { project: "p1", user: KIM.user, role: "editor" })],
    says: "kim@acme.example gains view, call models, manage keys, configure in checkout",
  },
  {
    rule: "cap-removed",
    change: "that removes a key's cap",
    steps: key({ hourlyUsd: undefined }, { hourlyUsd: 25 }),
    says: "keys/prod: hourlyUsd is removed: it was 25 USD an hour",
  },
  {
    rule: "cap-removed",
    change: "that deletes a budget",
    steps: [deleted("Budget", "budgets/all", { name: "all", amountUsd: 300, period: "week" })],
    says: "budgets/all: amountUsd is removed: it was 300 USD a week",
  },
  {
    rule: "cap-removed",
    change: "whose cap only the apply will know",
    steps: budget({ amountUsd: UNKNOWN }),
    says: "budgets/all: amountUsd: 300 USD a month → (known after apply)",
  },
  {
    rule: "cap-removed",
    change: "that makes a budget only tell",
    steps: budget({ onBreach: "warn" }, { onBreach: "block" }),
    says: "budgets/all: at its ceiling somebody is only told, and nothing stopped",
  },
  {
    rule: "cap-raised-far",
    change: "of a zero too many",
    steps: budget({ amountUsd: 3000 }),
    says: "budgets/all: amountUsd rises: 300 → 3,000 USD a month, ×10",
  },
  {
    rule: "cap-raised-far",
    change: "of the period alone",
    steps: budget({ period: "day" }),
    says: "budgets/all: amountUsd rises: 300 USD a month → 300 USD a day, ×30.4",
  },
  {
    rule: "cap-raised",
    change: "to exactly twice as much",
    steps: budget({ amountUsd: 600 }),
    says: "budgets/all: amountUsd rises: 300 → 600 USD a month, ×2",
  },
  {
    rule: "cap-lowered",
    change: "to less",
    steps: budget({ amountUsd: 150 }),
    says: "budgets/all: amountUsd falls: 300 → 150 USD a month, ×0.5",
  },
  {
    rule: "cap-lowered",
    change: "that makes a new budget",
    steps: [created("Budget", "budgets/all", { name: "all", amountUsd: 300, period: "month" })],
    says: "budgets/all: amountUsd is new: 300 USD a month",
  },
  {
    rule: "production-key-changed",
    change: "that creates a production key",
    steps: [CHECKOUT, created("ApiKey", "keys/prod", PRODUCTION)],
    says: "production key prod is created",
  },
  {
    rule: "production-key-changed",
    change: "that creates a key in a production project which is new, too",
    steps: [
      created("Project", "projects/new", { name: "New", slug: "new", environment: "production" }),
      created("ApiKey", "keys/new", { name: "new", project: UNKNOWN }),
    ],
    sources: { "keys/new": { project: "projects/new" } },
    says: "production key new is created",
  },
  {
    rule: "production-key-changed",
    change: "that replaces a production key",
    steps: [CHECKOUT, replaced("ApiKey", "keys/prod", PRODUCTION, { project: "p2" })],
    says: "production key prod is replaced: another one takes its place, and its secret stops working",
  },
  {
    rule: "production-key-changed",
    change: "that deletes a production key",
    steps: [CHECKOUT, deleted("ApiKey", "keys/prod", PRODUCTION, { lastUsedAt: "2026-11-20T08:00:00Z" })],
    says: "production key prod is revoked (last used 2026-11-20)",
  },
  {
    rule: "production-key-changed",
    change: "that rotates a production key",
    steps: key({ rotate: 2 }),
    says: "production key prod gets a new secret, and the former one stops working",
  },
  {
    rule: "production-key-changed",
    change: "that makes a key one of production",
    steps: key({ environment: "production" }, { environment: "staging" }),
    says: "key prod becomes a production key: staging → production",
  },
  {
    rule: "production-key-changed",
    change: "that makes a project with keys in it one of production",
    steps: [
      updated("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout" }, { environment: "production" }, { id: "p1" }),
      ...["a", "b"].map((name) => kept("ApiKey", `keys/${name}`, { name, project: "p1" })),
    ],
    says: "keys a, b become production keys: none → production",
  },
  {
    rule: "production-key-changed",
    change: "that takes a key out of production",
    steps: key({ environment: "development" }),
    says: "key prod is no longer a production key: production → development",
  },
  {
    rule: "exception-added",
    change: "that brings an exception",
    steps: house({}, { exceptions: [EXCEPTION] }),
    says: "exception from guardrail keys-expire for keys/prod is added, until 2026-12-31",
  },
  {
    rule: "guardrails-loosened",
    change: "that only audits",
    steps: house({ preset: "strict" }, { preset: "audit-only" }),
    says: "the guardrails become less strict: strict → audit-only",
  },
  {
    rule: "guardrails-loosened",
    change: "that disables a guardrail",
    steps: house({}, { settings: { "keys-expire": "disabled" } }),
    says: "the guardrail keys-expire becomes less strict: level of the preset → disabled",
  },
  {
    rule: "reconciliation-loosened",
    change: "that lets a pass put access back and remove what nobody declared",
    steps: house({}, { reconcile: { security: "repair", unmanaged: "remove" } }),
    says: "a reconciliation may do more by itself: security report → repair, unmanaged report → remove",
  },
  {
    rule: "reconciliation-loosened",
    change: "that lets a pass change more than it does when nothing is said",
    steps: house({}, { reconcile: { maxChanges: 500 } }),
    says: "a reconciliation may do more by itself: maxChanges 25 → 500",
  },
  {
    rule: "security-changed",
    change: "of a session's length",
    steps: security({ sessionMinutes: 43_200 }, { sessionMinutes: 480 }),
    says: "SecurityPolicy security changes: sessionMinutes",
  },
  {
    rule: "security-changed",
    change: "of where a model's requests go",
    steps: model({ endpoint: "https://evil.example" }),
    says: "Model models/a changes: endpoint",
  },
  {
    rule: "security-changed",
    change: "of who may reach a model, beside another name of it",
    steps: model({ name: "A", visibility: "public" }),
    says: "Model models/a changes: visibility, name",
  },
  {
    rule: "security-changed",
    change: "of what tests may do",
    steps: [
      CHECKOUT,
      updated(
        "Environment",
        "environments/a",
        { project: "p1", name: "a", baseUrl: "https://a.example", constraints: { readOnly: true } },
        { constraints: { readOnly: false, allowDestructive: true } },
      ),
    ],
    says: "Environment environments/a changes: constraints",
  },
  {
    rule: "security-changed",
    change: "of where an alert is sent",
    steps: [
      updated(
        "Alert",
        "alerts/a",
        { name: "a", event: "security_alert", channel: { webhook: "https://hooks.acme.example" } },
        { channel: { webhook: "https://evil.example" } },
      ),
    ],
    says: "Alert alerts/a changes: channel",
  },
  {
    rule: "security-changed",
    change: "of the variable that a credential is taken from",
    steps: [
      updated(
        "ProviderCredential",
        "credentials/a",
        { name: "a", provider: "openai", value: { env: "GATEHOUSE_ONE" } },
        { value: { env: "GATEHOUSE_TWO" } },
      ),
    ],
    says: "ProviderCredential credentials/a changes: value",
  },
  {
    rule: "guardrail-set-otherwise",
    change: "of what a guardrail allows",
    steps: house({ settings: { "administrators-are-few": { max: 5 } } }, { settings: { "administrators-are-few": { max: 50 } } }),
    says: "the guardrail administrators-are-few is set otherwise",
  },
  {
    rule: "security-added",
    change: "that brings an alert",
    steps: [created("Alert", "alerts/a", { name: "a", event: "security_alert", channel: { webhook: "https://hooks.example" } })],
    says: "Alert alerts/a is created",
  },
  {
    rule: "money-changed",
    change: "of a price",
    steps: model({ inputUsdPerMillionTokens: 100 }),
    says: "Model models/a changes: inputUsdPerMillionTokens",
  },
  {
    rule: "availability-changed",
    change: "of a fallback",
    steps: [CHECKOUT, updated("RoutingPolicy", "routing", { project: "p1" }, { strategy: "cheapest" })],
    says: "RoutingPolicy routing changes: strategy",
  },
  {
    rule: "key-owner-leaves",
    change: "that takes somebody away who answers for a production key",
    steps: [
      CHECKOUT,
      kept("ApiKey", "keys/prod", { ...PRODUCTION, owner: KIM.user }),
      deleted("OrganizationMember", "members/kim", { ...KIM, role: "viewer" }),
    ],
    says: "kim@acme.example loses view in the organization; view in every project, and answers for production keys",
  },
  {
    rule: "project-archived",
    change: "that archives a project",
    steps: [updated("Project", "projects/pilot", { name: "Pilot", slug: "pilot" }, { status: "archived" })],
    says: "project pilot is archived",
  },
  {
    rule: "project-archived",
    change: "that may archive a project",
    steps: [updated("Project", "projects/pilot", { name: "Pilot", slug: "pilot" }, { status: UNKNOWN })],
    says: "project pilot may be archived: only the apply knows",
  },
  {
    rule: "production-ends-soon",
    change: "beside a production key that ends in two weeks",
    steps: [CHECKOUT, kept("ApiKey", "keys/prod", { ...PRODUCTION, name: "prod", expiresAt: "2026-12-05" })],
    says: "key prod ends on 2026-12-05, in 14 days",
  },
  {
    rule: "production-ends-soon",
    change: "beside an administrator whose day has come",
    steps: [kept("OrganizationMember", "members/kim", { ...KIM, role: "admin", expiresAt: TODAY })],
    says: "membership of kim@acme.example in the organization ended on 2026-11-21, today, and still stands",
  },
  {
    rule: "access-ends-soon",
    change: "beside a member who leaves tomorrow",
    steps: [kept("OrganizationMember", "members/kim", { ...KIM, expiresAt: "2026-11-22" })],
    says: "membership of kim@acme.example in the organization ends on 2026-11-22, tomorrow",
  },
  {
    rule: "word-ends-soon",
    change: "beside an exception on its last day",
    steps: [kept("Governance", "governance", { exceptions: [{ ...EXCEPTION, until: TODAY }] })],
    says: "exception from keys-expire for keys/prod ends after 2026-11-21, tomorrow",
  },
  {
    rule: "access-gained",
    change: "that lets somebody view a project",
    steps: [CHECKOUT, created("ProjectMember", "projects/checkout/members/kim", { project: "p1", user: KIM.user, role: "viewer" })],
    says: "kim@acme.example gains view in checkout",
  },
  {
    rule: "access-gained",
    change: "that lets a key call another model",
    steps: key({ models: { allowed: ["a", "b"] } }, { models: { allowed: ["a"] } }),
    says: "key prod may do more in checkout (production): only models a (key) → only models a, b (key)",
  },
  {
    rule: "access-lost",
    change: "that takes somebody out of the organization",
    steps: [deleted("OrganizationMember", "members/kim", { ...KIM, role: "viewer" })],
    says: "kim@acme.example loses view in the organization; view in every project",
  },
  {
    rule: "sign-in-weakened",
    change: "that only offers single sign-on",
    steps: security({ singleSignOn: { status: "gradual", protocol: "oidc" } }),
    says: "single sign-on is offered and no longer required",
  },
  {
    rule: "sign-in-weakened",
    change: "that lets people in from anywhere",
    steps: security({ ipAllowList: undefined }, { ipAllowList: ["10.0.0.0/8"] }),
    says: "people may administer from more addresses",
  },
  {
    rule: "key-changed",
    change: "that creates a key of another environment",
    steps: [CHECKOUT, created("ApiKey", "keys/dev", { name: "dev", project: "p1", environment: "development" })],
    says: "key dev is created",
  },
  {
    rule: "key-changed",
    change: "that makes a development key one of staging",
    steps: key({ environment: "staging" }, { environment: "development" }),
    says: "key prod changes its environment class: development → staging",
  },
  {
    rule: "object-deleted",
    change: "that deletes a model",
    steps: [CHECKOUT, deleted("Model", "models/a", { identifier: "a", project: "p1" })],
    says: "Model models/a is deleted",
  },
  {
    rule: "object-deleted",
    change: "that replaces a model",
    steps: [CHECKOUT, replaced("RoutingTier", "tiers/simple", { project: "p1", tier: "simple", model: "a" }, { tier: "medium" })],
    says: "RoutingTier tiers/simple is replaced by another one",
  },
  {
    rule: "control-plane-changed",
    change: "of a control plane's address",
    steps: [plane({ url: "https://one.example" }, { url: "https://two.example" })],
    says: "the control plane main changes: url",
  },
  {
    rule: "finding",
    change: "beside a key that somebody revoked",
    steps: [],
    findings: [{ kind: "ApiKey", name: "keys/prod", property: "status", value: "revoked", message: "is revoked at the control plane" }],
    says: "ApiKey keys/prod is revoked at the control plane",
  },
  {
    rule: "access-narrowed",
    change: "that takes administration away",
    steps: member({ role: "viewer" }).map((step) => ({ ...step, old: { ...step.old, inputs: { ...KIM, role: "admin" } } })),
    says: "kim@acme.example loses administration of the organization; call models, manage keys, manage members, configure, delete in every project",
  },
  {
    rule: "role-without-effect",
    change: "of an administrator's role in a project",
    steps: [
      CHECKOUT,
      kept("OrganizationMember", "members/ada", { user: "ada@acme.example", role: "admin" }),
      updated("ProjectMember", "pm/ada", { project: "p1", user: "ada@acme.example", role: "admin" }, { role: "viewer" }),
    ],
    says: "ProjectMember pm/ada (viewer) changes nothing: organization role admin gives as much",
  },
  { rule: "advice", change: "with advice", steps: [], violations: [{ ...VIOLATION, level: "advisory" }], says: VIOLATION.message },
  {
    rule: "advice",
    change: "with an exception in force",
    steps: [],
    violations: [{ ...VIOLATION, level: "mandatory", exception: { reason: "replaced in January", until: "2026-12-31" } }],
    says: VIOLATION.message,
  },
  {
    rule: "approval-removed",
    change: "that takes an approval back",
    steps: house({ approvals: [APPROVAL] }, { approvals: [] }),
    says: "approval of gate cap-raised for budgets/all by cto@acme.example (change 0123456789abcdef) is removed",
  },
  {
    rule: "approval-removed",
    change: "that ends an exception earlier",
    steps: house({ exceptions: [EXCEPTION] }, { exceptions: [{ ...EXCEPTION, until: "2026-12-01" }] }),
    says: "exception from guardrail keys-expire for keys/prod ends earlier: on 2026-12-01, not on 2026-12-31",
  },
  {
    rule: "other",
    change: "of a description",
    steps: [updated("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout" }, { description: "All of it" })],
    says: "Project projects/checkout changes: description",
  },
  {
    rule: "other",
    change: "of what becomes of a key when it is destroyed",
    steps: key({ onDelete: "release" }),
    says: "ApiKey keys/prod changes: onDelete",
  },
  {
    rule: "other",
    change: "that lets a reconciliation do less",
    steps: house({ reconcile: { security: "repair" } }, { reconcile: { security: "report" } }),
    says: "Governance governance changes: reconcile",
  },
  {
    rule: "other",
    change: "that releases an object",
    steps: [released("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout" })],
    says: "Project projects/checkout leaves the stack and stays at the control plane",
  },
];

const severityOf = new Map<string, string>(SEVERITY_RULES.map(({ name, severity }) => [name, severity]));

describe("severity", () => {
  it.each(CASES)("$rule is for a change $change", ({ rule, steps, says, change: _, ...plan }) => {
    const told = reportOfPlan(steps, plan).lines.map(({ severity, text }) => ({ severity, text }));
    expect(told).toContainEqual({ severity: severityOf.get(rule), text: says });
  });

  it("has a case for each published rule, and the rules stand worst first under names of their own", () => {
    expect([...new Set(CASES.map(({ rule }) => rule))].toSorted()).toEqual(SEVERITY_RULES.map(({ name }) => name).toSorted());
    const order = ["critical", "high", "medium", "low"];
    const severities = SEVERITY_RULES.map(({ severity }) => order.indexOf(severity));
    expect(severities).toEqual(severities.toSorted((a, b) => a - b));
    expect(new Set(SEVERITY_RULES.map(({ name }) => name)).size).toBe(SEVERITY_RULES.length);
  });

  it("is published with what it does not do", () => {
    expect(severityTable()).toContain("somebody who becomes an administrator is a critical line, and the run goes on");
  });

  it.each([
    [
      "unlocking a key of another environment",
      key({ project: undefined }, { environment: "staging" }),
      "key prod is no longer locked to its project",
      "medium",
    ],
    [
      "rotating a key of another environment",
      key({ rotate: 2 }, { environment: "staging" }),
      "key prod gets a new secret, and the former one stops working",
      "medium",
    ],
    [
      "single sign-on that was never on",
      security({ singleSignOn: { status: "off" } }, {}),
      "SecurityPolicy security changes: singleSignOn",
      "high",
    ],
  ])("is no more than it must be for %s", (_, steps, text, severity) => {
    expect(reportOfPlan(steps).lines.map((line) => ({ severity: line.severity, text: line.text }))).toContainEqual({ severity, text });
  });
});
