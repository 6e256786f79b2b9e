/** Operations × kinds: which gates may speak, of a change that is as dangerous as one of that kind can be. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Facts, GATES, judgeGates } from "../../provider/gates/index.js";
import type { Step } from "../../provider/plan/changes.js";
import { KIND_LIST } from "../../schema/kinds/index.js";
import { created, deleted, factsOf, kept, listed, plane, released, replaced, updated } from "./support/plan.js";

type Values = Readonly<Record<string, unknown>>;

/** Every property that any gate looks at, as it is and as it would be. A kind takes those that it has. */
const BEFORE = {
  name: "n",
  project: "p",
  environment: "production",
  role: "owner",
  permissions: ["member:write", "organization:write"],
  monthlyUsd: 1,
  amountUsd: 1,
  requestsPerMinute: 1,
  limits: [{ metric: "cost", value: 1, windowType: "rolling", limits: [] }],
  rotate: 1,
  singleSignOn: { status: "required" },
  preset: "strict",
  status: "active",
  archive: { reason: "the trial is over", keepUntil: "2027-06-30" },
};
const AFTER = {
  ...BEFORE,
  project: undefined,
  environment: "development",
  role: "viewer",
  permissions: [],
  monthlyUsd: 9,
  amountUsd: 9,
  requestsPerMinute: 9,
  limits: [],
  rotate: 2,
  singleSignOn: { status: "off" },
  preset: "audit-only",
  status: "archived",
  archive: { reason: "the trial is over" },
};
const LIVE = { status: "paused", totalMonthlySpendUsd: 1, lastUsedAt: "2026-11-01T00:00:00Z" };

const OPERATIONS = ["create", "adopt", "update", "replace", "delete", "release"] as const;
type Operation = (typeof OPERATIONS)[number];

const STEPS: Readonly<Record<Operation, (kind: string, name: string, before: Values, after: Values) => Step>> = {
  create: (kind, name, _, after) => created(kind, name, after),
  adopt: (kind, name, _, after) => created(kind, name, { ...after, adopt: "require" }),
  update: (kind, name, before, after) => updated(kind, name, before, after, { status: statusOf(kind) }),
  replace: (kind, name, before, after) => replaced(kind, name, before, after, { status: statusOf(kind) }),
  delete: (kind, name, before) => deleted(kind, name, before, { status: statusOf(kind) }),
  release: (kind, name, before) => released(kind, name, before),
};

const statusOf = (kind: string) => (kind === "ApiKey" ? LIVE.status : "active");

/** Four objects of the kind, each changed in this way, with a key of somebody else in each, the people whose role it is, and a stack in use. */
function factsOfAll(kind: string, operation: Operation, run: Facts["operation"]): Facts {
  const { fields = {}, keyScope } = KIND_LIST.find(({ name }) => name === kind) ?? {};
  const isNamedWithin = keyScope === "project";
  const own = (values: Values, index: number) => ({
    ...Object.fromEntries(Object.entries(values).filter(([name]) => fields[name] !== undefined && !fields[name].flags.computed)),
    // What an object is listed below, or named within, is no lock that it could lose.
    ...(fields.project && (!fields.project.flags.optional || isNamedWithin) ? { project: BEFORE.project } : {}),
    ...(fields.user ? { user: `u${index}@acme.example` } : {}),
    // The class that an object is named by is no other one afterwards.
    ...(kind === "EnvironmentLimit" ? { environment: BEFORE.environment } : {}),
    ...(fields.name ? { name: `n${index}` } : {}),
    ...(fields.tier || fields.identifier ? { tier: `t${index}`, identifier: `m${index}` } : {}),
  });
  const all = [0, 1, 2, 3];
  const live = all.flatMap((index) => [
    ...(operation === "create" ? [] : [listed(kind, `o${index}`, { ...own(BEFORE, index), ...LIVE, status: statusOf(kind) })]),
    listed("ApiKey", `k${index}`, { name: `k${index}`, project: `o${index}`, status: "active" }),
  ]);
  const others =
    kind === "Role"
      ? all.map((index) => listed("OrganizationMember", `m${index}`, { user: `u${index}@acme.example`, role: `n${index}` }))
      : [];
  const steps = all.map((index) => STEPS[operation](kind, `o${index}`, own(BEFORE, index), own(AFTER, index)));
  const inUse = kind === "Governance" ? [kept("Alert", "alerts/a", { name: "a" })] : [];
  return factsOf([...inUse, ...steps], { live: [...live, ...others], actor: "u0@acme.example", operation: run });
}

function speaking(kind: string, operation: Operation, run: Facts["operation"] = "up"): readonly string[] {
  const { closed } = judgeGates(factsOfAll(kind, operation, run));
  return [...new Set(closed.map(({ gate }) => gate))].toSorted();
}

function table(run: Facts["operation"], operations: readonly Operation[]): Readonly<Record<string, string>> {
  const rows = KIND_LIST.flatMap(({ name }) =>
    operations.map((operation) => [`${operation} ${name}`, speaking(name, operation, run).join(", ")] as const),
  );
  return Object.fromEntries(rows.filter(([, gates]) => gates !== ""));
}

describe("the gates that may speak", () => {
  it("of a change of the stack", () => {
    expect(table("up", OPERATIONS)).toMatchInlineSnapshot(`
      {
        "adopt ApiKey": "cap-raised, production-key-reclassified",
        "adopt Budget": "cap-raised",
        "adopt EnvironmentLimit": "cap-raised",
        "adopt Governance": "guardrails-loosened",
        "adopt Model": "cap-raised",
        "adopt Organization": "cap-raised",
        "adopt OrganizationMember": "last-administrator, mass-removal, self-lockout",
        "adopt Project": "production-key-reclassified, project-archived-in-use, project-kept-until, project-with-active-keys",
        "adopt ProjectMember": "mass-removal",
        "adopt Role": "last-administrator, self-lockout",
        "adopt SecurityPolicy": "single-sign-on-off",
        "create Governance": "guardrails-loosened",
        "delete Alert": "mass-deletion, stack-emptied",
        "delete ApiKey": "mass-deletion, production-key-ends, stack-emptied",
        "delete Budget": "cap-raised, mass-deletion, stack-emptied",
        "delete Environment": "mass-deletion, stack-emptied",
        "delete EnvironmentLimit": "cap-raised, mass-deletion, stack-emptied",
        "delete Governance": "guardrails-loosened",
        "delete Model": "mass-deletion, stack-emptied",
        "delete OrganizationMember": "last-administrator, mass-deletion, mass-removal, self-lockout, stack-emptied",
        "delete Project": "mass-deletion, production-key-ends, project-kept-until, project-with-active-keys, project-with-history, stack-emptied",
        "delete ProjectMember": "mass-deletion, mass-removal, stack-emptied",
        "delete ProviderCredential": "mass-deletion, stack-emptied",
        "delete Role": "last-administrator, mass-deletion, self-lockout, stack-emptied",
        "delete RoutingPolicy": "mass-deletion, stack-emptied",
        "delete RoutingTier": "mass-deletion, stack-emptied",
        "release Governance": "guardrails-loosened",
        "replace ApiKey": "cap-raised, mass-deletion, production-key-ends, production-key-unlocked, revoked-key-returns",
        "replace Budget": "cap-raised",
        "replace EnvironmentLimit": "cap-raised",
        "replace Governance": "guardrails-loosened",
        "replace Model": "cap-raised",
        "replace Organization": "cap-raised",
        "replace OrganizationMember": "last-administrator, mass-removal, self-lockout",
        "replace Project": "mass-deletion, production-key-ends, project-kept-until, project-with-active-keys, project-with-history",
        "replace ProjectMember": "mass-removal",
        "replace Role": "last-administrator, self-lockout",
        "replace SecurityPolicy": "single-sign-on-off",
        "update ApiKey": "cap-raised, production-key-reclassified, production-key-unlocked, revoked-key-returns",
        "update Budget": "cap-raised",
        "update EnvironmentLimit": "cap-raised",
        "update Governance": "guardrails-loosened",
        "update Model": "cap-raised",
        "update Organization": "cap-raised",
        "update OrganizationMember": "last-administrator, mass-removal, self-lockout",
        "update Project": "production-key-reclassified, project-archived-in-use, project-kept-until, project-with-active-keys",
        "update ProjectMember": "mass-removal",
        "update Role": "last-administrator, self-lockout",
        "update SecurityPolicy": "single-sign-on-off",
      }
    `);
  });

  it("of a destroy", () => {
    expect(table("destroy", ["delete", "release"])).toMatchInlineSnapshot(`
      {
        "delete ApiKey": "production-key-ends",
        "delete OrganizationMember": "last-administrator, self-lockout",
        "delete Project": "production-key-ends, project-kept-until, project-with-active-keys, project-with-history",
        "delete Role": "last-administrator, self-lockout",
      }
    `);
  });

  it("are the same in a reconciliation", () => {
    expect(table("reconcile", OPERATIONS)).toEqual(table("up", OPERATIONS));
  });

  it("are none when nothing changes", () => {
    const steps = KIND_LIST.map(({ name }) => kept(name, name, BEFORE));
    expect(judgeGates(factsOf(steps))).toEqual({ closed: [], opened: [] });
  });

  it("are none when a rehearsal is destroyed, whatever the declaration says by now", () => {
    const { changes, ...facts } = factsOf(
      [plane({ transport: "rehearsal" }, undefined, "delete"), deleted("ApiKey", "k", { name: "k", environment: "production" })],
      { operation: "destroy" },
    );
    expect(judgeGates({ ...facts, changes }).closed).toEqual([]);
    const claimed = factsOf(
      [plane({ transport: "api" }, { transport: "rehearsal" }), deleted("ApiKey", "k", { name: "k", environment: "production" })],
      { operation: "destroy" },
    );
    expect(judgeGates(claimed).closed).toContainEqual(expect.objectContaining({ gate: "production-key-ends" }));
  });
});

it("every gate has a file of its name, and every file is listed", () => {
  const files = readdirSync(join(import.meta.dirname, "../../provider/gates/gates")).filter((file) => file !== "index.ts");
  expect(GATES.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
});

it("every gate says what it stops and why in one sentence each", () => {
  for (const { title, why } of GATES) {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  }
});
