import { expect, it } from "vitest";
import { revokedKeyReturns } from "../../provider/gates/gates/revoked-key-returns.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { created, deleted, kept, listed, replaced, updated } from "./support/plan.js";

const K = "ApiKey";
const key = { name: "leaked", project: "projects/a", rotate: 1 };
const rotated = (status: string, rotate: unknown = 2) => ({ steps: [replaced(K, "keys/leaked", key, { rotate }, { status })] });

gateCases(revokedKeyReturns, {
  closes: rotated("revoked"),
  object: "keys/leaked",
  what: "it is revoked at the control plane, and a new secret would be made for it",
  passes: {
    "the rotation of a key in good order": { steps: [updated(K, "keys/leaked", key, { rotate: 2 }, { status: "active" })] },
    "another change of a revoked key": { steps: [updated(K, "keys/leaked", key, { description: "gone" }, { status: "revoked" })] },
    "the end of a revoked key": { steps: [deleted(K, "keys/leaked", key, { status: "revoked" })] },
    "a paused key that is taken over as it is": {
      steps: [created(K, "keys/leaked", { ...key, adopt: "require" })],
      live: [listed(K, "id", { name: "leaked", project: "projects/a", status: "paused" })],
    },
    "a new key for another consumer, project or environment, or for none that is told": {
      steps: [
        deleted(K, "keys/leaked", { ...key, environment: "production", consumer: "api" }, { status: "revoked" }),
        created(K, "keys/b", { name: "b", project: "projects/a", environment: "production", consumer: "jobs" }),
        created(K, "keys/c", { name: "c", project: "projects/b", environment: "production", consumer: "api" }),
        created(K, "keys/d", { name: "d", project: "projects/a", environment: "staging", consumer: "api" }),
        created(K, "keys/e", { name: "e", project: "projects/a", environment: "production" }),
      ],
    },
    "a new key of another name where neither tells its consumer": {
      steps: [deleted(K, "keys/leaked", key, { status: "revoked" }), created(K, "keys/new", { name: "new", project: "projects/a" })],
    },
    "a new key of the same name in another project": {
      steps: [deleted(K, "keys/leaked", key, { status: "revoked" }), created(K, "keys/new", { name: "leaked", project: "projects/b" })],
    },
    "another rotation of a key whose first secret, after which the state names it, was rotated away": {
      steps: [updated(K, "keys/leaked", { ...key, overlap: "1h" }, { rotate: 2 }, { status: "active", keyId: "k2", id: "id" })],
      live: [
        listed(K, "k2", { name: "leaked", project: "projects/a", status: "active" }),
        listed(K, "id", { name: "leaked (retiring id)", project: "projects/a", status: "revoked" }),
      ],
    },
    "a key whose namesake the stack itself may have deleted": {
      steps: [created(K, "keys/leaked", key)],
      live: [listed(K, "old", { name: "leaked", project: "projects/a", status: "revoked" })],
    },
  },
  unknown: { steps: [updated(K, "keys/leaked", key, { rotate: UNKNOWN }, { status: "paused" })] },
});

it.each(["paused", "disabled", "missing"])("stops the return of a key that is %s", (status) => {
  expect(found(revokedKeyReturns, { steps: [updated(K, "keys/leaked", key, { rotate: 2 }, { status })] })).toHaveLength(1);
});

it("goes by what the control plane says now", () => {
  const live = [listed(K, "keys/leaked", { ...key, status: "paused" })];
  expect(found(revokedKeyReturns, { steps: [updated(K, "keys/leaked", key, { rotate: 2 }, { status: "active" })], live })).toHaveLength(1);
});

it("stops a key that is declared anew elsewhere, and a second one beside a paused one", () => {
  const again = created(K, "keys/again", { name: "leaked", project: UNKNOWN });
  expect(found(revokedKeyReturns, { steps: [deleted(K, "keys/leaked", key, { status: "revoked" }), again] })).toMatchObject([
    { object: "keys/again" },
  ]);
  expect(found(revokedKeyReturns, { steps: [again], live: [listed(K, "k", { name: "leaked", status: "paused" })] })).toHaveLength(1);
});

it("stops a key of another name for what the revoked one was for, by its project's environment too", () => {
  const purpose = { project: "projects/a", consumer: "api" };
  const steps = [
    kept("Project", "projects/a", { name: "A", environment: "production" }),
    deleted(K, "keys/p", { name: "p", ...purpose, environment: "production" }, { status: "revoked" }),
    created(K, "keys/p2", { name: "p2", ...purpose }),
  ];
  expect(found(revokedKeyReturns, { steps })).toEqual([
    {
      object: "keys/p2",
      what: "a key of its name, or for its purpose, is revoked at the control plane, and a new secret would be made for it",
    },
  ]);
  const healthy = deleted(K, "keys/p", { name: "p", ...purpose, environment: "production" }, { status: "active" });
  expect(found(revokedKeyReturns, { steps: [...steps.slice(0, 1), healthy, ...steps.slice(2)] })).toEqual([]);
});
