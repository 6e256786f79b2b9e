import { beforeAll, describe, expect, it } from "vitest";
import type { Closed } from "../support/approved-destroy.js";
import { Desk } from "./checklist-desk.js";

const HEAD = "name: acme\ncontrolPlane: { system: floopy, transport: dashboard }\n";
const RULES = "governance: { preset: audit-only }\n";
const PROJECT_ID = "0d2f6f0a-8a3b-4b8e-9a53-6f0d6c8a1b2c";
const KEY_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const KEY = "projects/checkout/keys/checkout-prod";

interface Told {
  readonly exitCode: number;
  readonly gates: { readonly closed: readonly Closed[] };
  readonly steps?: readonly unknown[];
  readonly left?: readonly { readonly name: string; readonly heldBy: string }[];
}

const closedGates = ({ gates }: Told) => gates.closed.map(({ gate, object }) => `${gate} ${object}`);

describe("a step that a gate stops", { timeout: 240_000 }, () => {
  const project = "{ name: Checkout AI, launch: { owner: ada@acme.example }";
  const held = `${HEAD}projects: { checkout: ${project}, keys: { checkout-prod: { environment: production } } } }\n${RULES}`;
  const desk = new Desk(held);
  const refused = (step: string) => [{ step, digest: "0".repeat(32), by: "ada@acme.example", at: "2026-08-24T12:00:00Z" }];
  let recorded: string;

  beforeAll(async () => {
    await desk.confirm(await desk.confirmations({ "projects/checkout": PROJECT_ID }), ["--yes"]);
    await desk.confirm(await desk.confirmations({ [KEY]: KEY_ID }), ["--yes"]);
    recorded = desk.recorded;
    expect(recorded).toContain(KEY_ID);
  }, 120_000);

  it("is on no checklist, and no confirmation of it is taken", async () => {
    desk.declare(`${HEAD}projects: { checkout: ${project} } }\n${RULES}`);
    const list = await desk.run("checklist", ["--format", "json"]);
    expect(list.exitCode).toBe(3);
    expect(list.json<Told>().steps).toBeUndefined();
    expect(closedGates(list.json())).toEqual([`production-key-ends ${KEY}`]);
    const confirmed = await desk.confirm(refused("main:delete:ApiKey:checkout-prod"), ["--yes"]);
    expect(confirmed.exitCode, confirmed.stderr).toBe(3);
    expect(confirmed.stdout).toContain(`✗ ${KEY}: `);
    expect(desk.recorded).toBe(recorded);
  });

  it("is shown by no reconciliation either, which says what stops it", async () => {
    const pass = await desk.run("reconcile", ["--json"]);
    expect(pass.exitCode, pass.stderr).toBe(3);
    expect(pass.json()).toMatchObject({ steps: [], later: [], left: [{ name: KEY, heldBy: "gate" }] });
    expect(closedGates(pass.json())).toEqual([`production-key-ends ${KEY}`]);
  });

  it("is neither shown nor confirmed on the way to the end of the stack", async () => {
    desk.declare(held);
    const list = await desk.run("checklist", ["--destroy"]);
    expect(list.exitCode).toBe(3);
    expect(list.stdout).toContain("[gate production-key-ends, stops this run]");
    expect(list.stdout).not.toContain("main:delete");
    const confirmed = await desk.confirm(refused("main:delete:ApiKey:checkout-prod"), ["--destroy", "--yes"]);
    expect(confirmed.exitCode, confirmed.stderr).toBe(3);
    expect(desk.recorded).toBe(recorded);
  });
});

describe("what is left of a change when a part of it waits", { timeout: 240_000 }, () => {
  const members = (roles: string) => `${HEAD}members: { ${roles} }\n${RULES}`;
  const desk = new Desk(members("ada@acme.example: admin, bea@acme.example: admin, cleo@acme.example: member"));

  it("is judged by the gates for itself, and applied when the rest of it is there", async () => {
    const { steps: invitations } = await desk.checklist();
    const entries = (steps: typeof invitations, id: boolean) =>
      steps.map(({ id: step, digest, object }) => ({
        step,
        digest,
        ...(id && { id: object.slice("members/".length) }),
        by: "ada@acme.example",
        at: "2026-08-24T12:00:00Z",
      }));
    expect(await desk.confirm(entries(invitations, true), ["--yes"])).toMatchObject({ exitCode: 0 });

    desk.declare(members("ada@acme.example: member, bea@acme.example: admin, cleo@acme.example: admin"));
    const { steps } = await desk.checklist();
    const [falls, rises] = ["ada", "cleo"].map((who) => steps.filter(({ object }) => object === `members/${who}@acme.example`));
    expect([falls?.length, rises?.length]).toEqual([1, 1]);
    const alone = await desk.confirm(entries(falls ?? [], false), ["--yes"]);
    expect(alone.exitCode, alone.stderr).toBe(3);
    expect(alone.stdout).toContain("The gate last-administrator is closed for members:administrators");
    const both = await desk.confirm(entries(rises ?? [], false), ["--yes"]);
    expect(both, both.stderr).toMatchObject({ exitCode: 0, stdout: "acme/dev: 2 updated.\n" });
  });
});
