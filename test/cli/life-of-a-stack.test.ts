import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HEAD, type Scenario, startScenario } from "./scenario.js";

const STACK = `${HEAD}organization: { name: Acme, plan: pro }
members:
  ada@acme.example: owner
  kim@acme.example: member
environmentLimits: { production: { requestsPerMinute: 600, monthlyUsd: 2000 } }
projects:
  checkout:
    name: Checkout AI
    description: Answers questions at the checkout.
    members: { kim@acme.example: admin }
    models: { small: { provider: openai, identifier: gpt-5-mini } }
    routing: { tiers: { simple: { model: small } } }
    keys:
      checkout-prod: { environment: production, monthlyUsd: 10, rates: { requestsPerMinute: 3 } }
`;

/** Each test goes on where the one before ended, as the owner of a stack does. */
describe("the life of a stack", { timeout: 120_000 }, () => {
  let scenario: Scenario;
  let before: unknown;

  beforeAll(async () => {
    scenario = await startScenario(STACK);
    await scenario.server.api("POST", "/v1/projects", { name: "Made by hand", slug: "by-hand" });
    before = await content();
  });
  afterAll(async () => scenario?.[Symbol.asyncDispose]());

  async function content(): Promise<unknown> {
    const [projects, members, limits] = [
      await scenario.objects("/v1/projects"),
      await scenario.objects("/v1/members"),
      await scenario.objects("/v1/environment-limits"),
    ];
    return {
      projects: projects.map(({ id, name }) => ({ id, name })),
      members: members.map(({ id, user, role }) => ({ id, user, role })),
      limits,
    };
  }

  it("starts with a preview that says what would be created, sends only reads and leaves no stack behind", async () => {
    const preview = await scenario.run("preview");
    expect(preview.exitCode).toBe(0);
    expect(preview.stdout).toContain("+ create Project projects/checkout: it is declared and not there yet");
    expect(preview.stdout).toContain("= adopt Organization organization");
    expect(preview.stdout).toContain("Plan: 9 to create, 1 to adopt.");
    expect(scenario.methodsSeen()).toEqual(["GET"]);
    expect(await content()).toEqual(before);

    const drift = await scenario.run("drift");
    expect(drift.exitCode).toBe(2);
    expect(drift.stderr).toContain("was never applied");
  });

  it("would fail a check that expects no changes, and says so in one JSON document", async () => {
    const preview = await scenario.run("preview", ["--expect-no-changes", "--json"]);
    expect(preview.exitCode).toBe(7);
    const { exitCode, changes } = preview.json<{ exitCode: number; changes: { operation: string; name: string }[] }>();
    expect(exitCode).toBe(7);
    expect(changes).toContainEqual(
      expect.objectContaining({ operation: "create", kind: "ApiKey", name: "projects/checkout/keys/checkout-prod" }),
    );
    expect(scenario.methodsSeen()).toEqual(["GET"]);
  });

  it("is not applied without a yes and without a terminal to ask on", async () => {
    const up = await scenario.run("up");
    expect(up.exitCode).toBe(2);
    expect(up.stderr).toContain("--yes");
    expect(scenario.methodsSeen()).toEqual(["GET"]);
    expect(await content()).toEqual(before);
  });

  it("is applied by up", async () => {
    const up = await scenario.up();
    expect(up.stdout).toBe("acme/dev: 9 created, 1 adopted.\n");
    expect(up.stderr).toContain("created Project projects/checkout");
    expect(up.stderr).toContain("adopted Organization organization");

    const checkout = await scenario.object("/v1/projects", "slug", "checkout");
    expect(checkout).toMatchObject({ name: "Checkout AI", description: "Answers questions at the checkout." });
    expect(await scenario.objects(`/v1/projects/${checkout.id}/tiers`)).toMatchObject([{ tier: "simple", model: "gpt-5-mini" }]);
    expect(await scenario.objects(`/v1/projects/${checkout.id}/members`)).toContainEqual(
      expect.objectContaining({ user: "kim@acme.example", role: "admin" }),
    );
    expect(await scenario.objects("/v1/keys")).toMatchObject([{ name: "checkout-prod", project: checkout.id, monthlyUsd: 10 }]);
    expect((await scenario.server.api("GET", "/v1/organization")).body.name).toBe("Acme");
    scenario.methodsSeen();
  });

  it("then has nothing to change and has not drifted, and finding that out sends only reads", async () => {
    const preview = await scenario.run("preview", ["--expect-no-changes"]);
    expect(preview.exitCode).toBe(0);
    // The project that was made by hand was there before the stack and is not declared.
    expect(preview.stdout).toMatch(
      /^No changes\.\n\nNobody declared 1 object: 1 medium\..*\nmedium +Project by-hand: .*\n… .*--verbose shows them\n$/,
    );
    const drift = await scenario.run("drift", ["--json"]);
    expect(drift.json()).toMatchObject({ drifted: [], unmanaged: [{ kind: "Project", key: "by-hand" }] });
    expect(scenario.methodsSeen()).toEqual(["GET"]);
  });

  it("hands the key over to a private file and to a command, and nowhere else", async () => {
    const file = join(scenario.folder, "..", "checkout.token");
    const handed = await scenario.run("secret", ["checkout-prod", "--to", file]);
    expect(handed.exitCode).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const token = readFileSync(file, "utf8").trim();
    expect(handed.stdout).not.toContain(token);

    const copy = join(scenario.folder, "..", "copy.token");
    const script = `process.stdin.pipe(require("fs").createWriteStream(${JSON.stringify(copy)}))`;
    const piped = await scenario.run("secret", ["projects/checkout/keys/checkout-prod", "--", process.execPath, "-e", script]);
    expect(piped).toMatchObject({ exitCode: 0, stdout: "" });
    expect(readFileSync(copy, "utf8")).toBe(token);

    const failing = await scenario.run("secret", ["checkout-prod", "--", process.execPath, "-e", "process.exit(9)"]);
    expect(failing.exitCode).toBe(9);
  });

  it("limits the key as declared", async () => {
    const token = await scenario.tokenOf("checkout-prod");
    const call = (body: object, headers = {}) =>
      scenario.server.api("POST", "/v1/chat/completions", { model: "gpt-5-mini", ...body }, token, headers);
    expect((await call({ costUsd: 1 })).status).toBe(200);
    expect((await call({}, { "gatehouse-project": "by-hand" })).status).toBe(403);
    expect((await call({ costUsd: 9 })).status).toBe(200);
    expect((await call({})).status).toBe(402);
  });

  it("drifts when somebody changes an object by hand: drift names object, property and both values", async () => {
    const kim = await scenario.object("/v1/members", "user", "kim@acme.example");
    await scenario.server.api("PATCH", `/v1/members/${kim.id}`, { role: "admin" });
    const drift = await scenario.run("drift");
    expect(drift.exitCode).toBe(7);
    expect(drift.stdout).toContain("~ OrganizationMember members/kim@acme.example was changed at the control plane");
    expect(drift.stdout).toContain("    role: applied member, now admin");

    const asJson = await scenario.run("drift", ["--json"]);
    expect(asJson.exitCode).toBe(7);
    expect(asJson.json()).toMatchObject({
      exitCode: 7,
      drifted: [
        {
          state: "changed",
          kind: "OrganizationMember",
          name: "members/kim@acme.example",
          properties: [{ property: "role", before: "member", after: "admin" }],
        },
      ],
    });
    expect(scenario.methodsSeen()).toEqual(["GET"]);
  });

  it("is told gone objects, and the next up makes them again and takes the change by hand back", async () => {
    const { id } = await scenario.object("/v1/projects", "slug", "checkout");
    await scenario.server.api("DELETE", `/v1/projects/${id}/tiers/simple`);
    const drift = await scenario.run("drift");
    expect(drift.exitCode).toBe(7);
    expect(drift.stdout).toContain("~ RoutingTier projects/checkout/routing/tiers/simple is gone from the control plane");

    const up = await scenario.up("--json");
    expect(up.json()).toMatchObject({
      exitCode: 0,
      changes: [
        { operation: "update", name: "members/kim@acme.example", why: "it was changed at the control plane" },
        { operation: "create", name: "projects/checkout/routing/tiers/simple", why: "it is gone from the control plane" },
      ],
    });
    expect(await scenario.object("/v1/members", "user", "kim@acme.example")).toMatchObject({ role: "member" });
    expect(await scenario.objects(`/v1/projects/${id}/tiers`)).toMatchObject([{ tier: "simple", model: "gpt-5-mini" }]);
  });

  it("takes the server's values into its state by refresh, and then previews taking them back", async () => {
    const { id } = await scenario.object("/v1/projects", "slug", "checkout");
    await scenario.server.api("PATCH", `/v1/projects/${id}`, { description: "Changed by hand." });
    scenario.methodsSeen();
    const refresh = await scenario.run("refresh", ["--yes"]);
    expect(refresh.exitCode).toBe(0);
    expect(refresh.stdout).toContain("description: applied Answers questions at the checkout., now Changed by hand.");
    expect(scenario.methodsSeen()).toEqual(["GET"]);
    const preview = await scenario.run("preview", ["--no-refresh"]);
    expect(preview.stdout).toContain("    description: Changed by hand. → Answers questions at the checkout.");
    expect((await scenario.server.api("GET", `/v1/projects/${id}`)).body.description).toBe("Changed by hand.");
  });

  it("is destroyed down to what was there before", async () => {
    const destroy = await scenario.destroy();
    expect(destroy).toMatchObject({ exitCode: 0, stdout: "acme/dev: 9 deleted, 1 released.\n" });
    expect(await content()).toEqual(before);
    const keys = await scenario.objects("/v1/keys");
    expect(keys).toMatchObject([{ name: "checkout-prod", status: "revoked" }]);
  });

  it("has shown no token in any output, and keeps none in clear in any file", async () => {
    const token = readFileSync(join(scenario.folder, "..", "checkout.token"), "utf8").trim();
    expect(token).toMatch(/^gh_sk_.{20,}/);
    expect(scenario.said.join("\n")).not.toContain(token);
    expect(scenario.said.join("\n")).not.toContain(scenario.server.token);
    expect(existsSync(join(scenario.folder, ".gatehouse", "state"))).toBe(true);
    expect(scenario.filesWith(token)).toEqual([]);
    expect(scenario.filesWith(scenario.server.token)).toEqual([]);
  });
});
