import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, type Closed } from "../support/approved-destroy.js";
import { startTestServer, type TestServer } from "../support/start-server.js";
import { Desk } from "./checklist-desk.js";

const PROJECT_ID = "0d2f6f0a-8a3b-4b8e-9a53-6f0d6c8a1b2c";
const KEY_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const SECRET = "fl_live_value-that-nobody-may-see";

const HEAD = "name: acme\ncontrolPlane: { system: floopy, transport: dashboard }\n";
const CHECKOUT = `${HEAD}projects:
  checkout:
    name: Checkout AI
    description: Answers questions.
    launch: { owner: ada@acme.example }
    keys: { checkout-dev: { environment: development } }
`;

/** Each test goes on where the one before ended. No network is there: every request would fail. */
describe("the life of a stack whose control plane is a dashboard", { timeout: 240_000 }, () => {
  const desk = new Desk(CHECKOUT);

  it("starts with a preview as everywhere", async () => {
    const preview = await desk.run("preview");
    expect(preview.exitCode).toBe(0);
    expect(preview.stdout).toContain("Plan: 2 to create.");
  });

  it("writes the checklist in Markdown: page, fields, what must be true, and the entry to fill in", async () => {
    const { exitCode, stdout } = await desk.run("checklist", ["--format", "markdown"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("## 1. [ ] Create Project projects/checkout");
    expect(stdout).toContain("Page: [Projects > New Project](https://floopy.ai/docs/features/projects/)");
    expect(stdout).toContain("| Name |  | Checkout AI |");
    expect(stdout).toContain('- Before: Floopy shows no Project "checkout" here.');
    expect(stdout).toContain("- After: You have noted its id (a UUID).");
    expect(stdout).toContain('- step: "main:create:Project:checkout"');
    // The key needs the project's id, which nobody knows yet.
    expect(stdout).not.toContain("checkout-dev");
    expect(stdout).toContain("1 step to do now; 1 later, when these are confirmed.");
  });

  it("is not applied by up while nobody confirmed anything: exit 4, and nothing recorded", async () => {
    const up = await desk.run("up", ["--yes", "--json"]);
    expect(up.exitCode).toBe(4);
    expect(up.json()).toMatchObject({
      exitCode: 4,
      changes: [],
      steps: [{ id: "main:create:Project:checkout" }],
      later: ["projects/checkout/keys/checkout-dev"],
    });
    expect((await desk.run("preview")).stdout).toContain("Plan: 2 to create.");
    expect(desk.recorded).toBe("");
  });

  it("refuses wrong and contradictory confirmations, all at once, and records none of them", async () => {
    const [good] = await desk.confirmations({ "projects/checkout": PROJECT_ID });
    const unasked = { ...good, step: "main:create:Project:other" };
    const bad = await desk.confirm([{ ...good, id: "checkout" }, good as object, unasked]);
    expect(bad.exitCode).toBe(2);
    expect(bad.stderr).toContain("main:create:Project:checkout: is confirmed twice");
    expect(bad.stderr).toContain("main:create:Project:checkout: is confirmed with different ids");
    expect(bad.stderr).toContain("id checkout has the wrong form: it must be a UUID");
    expect(bad.stderr).toContain("main:create:Project:other: is no step that is asked for now");

    const changed = await desk.confirm([{ ...good, digest: "0".repeat(32) }]);
    expect(changed.exitCode).toBe(2);
    expect(changed.stderr).toContain("the step has changed since it was confirmed");

    const withSecret = await desk.confirm([{ ...good, token: SECRET }]);
    expect(withSecret.exitCode).toBe(2);
    expect(withSecret.stderr).toContain("entry 1: token does not belong here");
    expect(withSecret.stderr).not.toContain(SECRET);

    const asking = await desk.run("confirm");
    expect(asking.exitCode).toBe(2);
    expect(asking.stderr).toContain("--from FILE");
    expect(desk.recorded).toBe("");
  });

  it("records what is confirmed, applies it, and asks for what comes next", async () => {
    const confirmed = await desk.confirm(await desk.confirmations({ "projects/checkout": PROJECT_ID }));
    expect(confirmed.exitCode).toBe(4);
    expect(confirmed.stdout).toContain("acme/dev: 1 created.");
    expect(confirmed.stdout).toContain(`Project: ${PROJECT_ID} (projects/checkout)`);
    expect(confirmed.stdout).toContain("Secret: shown once: copy it");
    expect(desk.recorded).toContain("Holds no secret: commit it");
    expect(desk.recorded).toContain(PROJECT_ID);
  });

  it("refuses the id of one object for another one, and a secret of a step that shows none", async () => {
    const [key] = await desk.confirmations({ "projects/checkout/keys/checkout-dev": KEY_ID });
    const refused = await desk.confirm([key as object], ["--secret", "main:create:Project:checkout=env:GATEHOUSE_COPIED"]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("--secret main:create:Project:checkout: no step of this name shows a secret now");
    expect(desk.recorded).not.toContain(KEY_ID);
  });

  it("takes a key's secret from the environment into the encrypted state, and nowhere else", async () => {
    const entries = await desk.confirmations({ "projects/checkout/keys/checkout-dev": KEY_ID });
    const confirmed = await desk.confirm(entries, ["--secret", "main:create:ApiKey:checkout-dev=env:GATEHOUSE_COPIED"], {
      GATEHOUSE_COPIED: SECRET,
    });
    expect(confirmed).toMatchObject({ exitCode: 0, stdout: "acme/dev: 1 created.\n" });
    const file = join(desk.folder, "..", "copied.token");
    expect((await desk.run("secret", ["checkout-dev", "--to", file])).exitCode).toBe(0);
    expect(readFileSync(file, "utf8").trim()).toBe(SECRET);
    expect(desk.recorded).not.toContain(SECRET);
    expect(desk.said.join("")).not.toContain(SECRET);
  });

  it("then has nothing to change, nothing to do, and has not drifted", async () => {
    expect(await desk.run("preview", ["--expect-no-changes"])).toMatchObject({ exitCode: 0, stdout: "No changes.\n" });
    expect(await desk.run("checklist")).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Nothing waits for a person.") });
    expect((await desk.run("up", ["--yes"])).exitCode).toBe(0);
    expect((await desk.run("drift", ["--attested-days", "100000"])).exitCode).toBe(0);
  });

  it("drifts by age: drift lists who confirmed what how long ago", async () => {
    const drift = await desk.run("drift", ["--attested-days", "0", "--json"]);
    expect(drift.exitCode).toBe(7);
    expect(drift.json()).toMatchObject({ drifted: [], unmanaged: [], aged: [{ by: "ada@acme.example", at: "2026-08-24T12:00:00Z" }, {}] });
  });

  it("asks for one step when one field changes", async () => {
    desk.declare(CHECKOUT.replace("Answers questions.", "Answers more."));
    const { steps, later } = await desk.checklist();
    expect(later).toEqual([]);
    expect(steps).toMatchObject([
      { id: "main:update:Project:checkout", fields: [{ label: "Description", before: "Answers questions.", after: "Answers more." }] },
    ]);
    const up = await desk.run("up", ["--yes"]);
    expect(up.exitCode).toBe(4);
    expect(up.stdout).toContain("Description: Answers questions. → Answers more.");
    const confirmed = await desk.confirm(await desk.confirmations({ "projects/checkout": undefined }, steps));
    expect(confirmed).toMatchObject({ exitCode: 0, stdout: "acme/dev: 1 updated.\n" });
  });

  it("needs nobody for what only the state knows", async () => {
    desk.declare(CHECKOUT.replace("Answers questions.", "Answers more.").replace("launch: {", "launch: { workload: chat,"));
    expect(await desk.run("up", ["--yes"])).toMatchObject({ exitCode: 0, stdout: "acme/dev: 1 updated.\n" });
  });

  it("deletes what is confirmed to be deleted, the project not before its key", async () => {
    desk.declare(HEAD);
    // A project that goes with a key in use is a gate's: nobody is told to delete it before somebody approved it.
    const stopped = await desk.run("checklist", ["--format", "json"]);
    expect(stopped.exitCode).toBe(3);
    const { closed } = stopped.json<{ gates: { closed: readonly Closed[] } }>().gates;
    expect(closed).toMatchObject([{ gate: "project-with-active-keys", object: "projects/checkout" }]);

    const file = join(desk.folder, "gatehouse.yaml");
    desk.declare(CHECKOUT.replace("Answers questions.", "Answers more.").replace("launch: {", "launch: { workload: chat,"));
    approve(file, closed);
    expect(await desk.run("up", ["--yes"])).toMatchObject({ exitCode: 0, stdout: "acme/dev: 1 created.\n" });
    desk.declare(HEAD);
    approve(file, closed);
    const { steps } = await desk.checklist();
    expect(steps.map(({ id }) => id)).toEqual(["main:delete:ApiKey:checkout-dev", "main:delete:Project:checkout"]);

    const both = await desk.confirmations({ "projects/checkout": undefined, "projects/checkout/keys/checkout-dev": undefined }, steps);
    expect(await desk.confirm(both)).toMatchObject({ exitCode: 0, stdout: "acme/dev: 2 deleted.\n" });
  });

  it("does not take an old confirmation for a new object of the same name", async () => {
    desk.declare(CHECKOUT);
    expect((await desk.checklist()).steps).toMatchObject([{ id: "main:create:Project:checkout" }]);
    expect((await desk.run("up", ["--yes"])).exitCode).toBe(4);
  });
});

describe("a stack of a dashboard", { timeout: 240_000 }, () => {
  it("is applied in one run from a file of confirmations that is there already, in as many rounds as it needs", async () => {
    const first = new Desk(CHECKOUT);
    await first.confirm(await first.confirmations({ "projects/checkout": PROJECT_ID }));
    await first.confirm(await first.confirmations({ "projects/checkout/keys/checkout-dev": KEY_ID }));

    const again = new Desk(CHECKOUT);
    writeFileSync(join(again.folder, "gatehouse.confirmations.yaml"), first.recorded);
    expect(await again.run("up", ["--yes"])).toMatchObject({ exitCode: 0, stdout: "acme/dev: 2 created.\n" });
    const external = await again.run("secret", ["checkout-dev", "--to", join(again.folder, "..", "none")]);
    expect(external.exitCode).toBe(2);
  });

  it("is destroyed when every deletion is confirmed, and not before", async () => {
    const desk = new Desk(`${HEAD}projects: { checkout: { name: Checkout, launch: { owner: ada@acme.example } } }\n`);
    await desk.confirm(await desk.confirmations({ "projects/checkout": PROJECT_ID }));
    const early = await desk.run("destroy", ["--yes"]);
    expect(early.exitCode).toBe(4);
    expect(early.stdout).toContain("Nothing was deleted");

    const { steps } = await desk.checklist("--destroy");
    const entries = steps.map(({ id: step, digest }) => ({ step, digest, by: "ada", at: "2026-08-24T12:00:00Z" }));
    expect((await desk.confirm(entries, ["--destroy"])).exitCode).toBe(0);
    expect(await desk.run("destroy", ["--yes"])).toMatchObject({ exitCode: 0, stdout: "acme/dev: 1 deleted.\n" });
  });

  it("replaces an object in two steps, and not with one of them", async () => {
    const desk = new Desk(`${HEAD}projects: { checkout: { name: Checkout, launch: { owner: ada@acme.example } } }\n`);
    await desk.confirm(await desk.confirmations({ "projects/checkout": PROJECT_ID }));
    desk.declare(`${HEAD}projects: { checkout: { name: Checkout, slug: checkout-2, launch: { owner: ada@acme.example } } }\n`);
    const { steps } = await desk.checklist();
    expect(steps.map(({ operation }) => operation).toSorted()).toEqual(["create", "delete"]);
    const entries = steps.map(({ id: step, digest, operation }) => ({
      step,
      digest,
      ...(operation === "create" && { id: KEY_ID }),
      by: "ada",
      at: "2026-08-24T12:00:00Z",
    }));
    expect((await desk.confirm(entries.slice(0, 1))).exitCode).toBe(4);
    expect((await desk.confirm(entries.slice(1))).exitCode).toBe(0);
    expect((await desk.run("preview", ["--expect-no-changes"])).exitCode).toBe(0);
  });
});

describe("a stack with a dashboard and an API", { timeout: 240_000 }, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ plan: "pro" });
  });
  afterAll(() => server?.close());

  it("has what waits for nobody applied at once", async () => {
    const desk = new Desk(`name: acme
controlPlanes:
  main: { system: gatehouse, url: "${server.url}" }
  theirs: { system: floopy, transport: dashboard }
projects:
  checkout: { name: Checkout, launch: { owner: ada@acme.example }, keys: { checkout-dev: { environment: development } } }
`);
    const environment = { GATEHOUSE_TOKEN: server.token };
    const up = await desk.run("up", ["--yes", "--json"], environment);
    expect(up.exitCode).toBe(4);
    expect(
      up
        .json<{ changes: { name: string }[] }>()
        .changes.map(({ name }) => name)
        .toSorted(),
    ).toEqual(["projects/checkout", "projects/checkout/keys/checkout-dev"]);
    expect(up.json()).toMatchObject({ steps: [{ object: "controlPlanes/theirs/projects/checkout" }] });
    expect((await server.api("GET", "/v1/keys")).body.items).toMatchObject([{ name: "checkout-dev" }]);
    const repeated = await desk.run("up", ["--yes", "--json"], environment);
    expect(repeated.json()).toMatchObject({ exitCode: 4, changes: [] });
  });
});
