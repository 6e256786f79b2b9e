import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gatehouse, stackAt } from "../support/gatehouse.js";
import { startTestServer, type TestServer } from "../support/start-server.js";
import { Desk, type Step } from "./checklist-desk.js";

/** Each test goes on where the one before ended. The server stands for Floopy after it has opened its API. */
describe("a stack of a dashboard whose system opens an API", { timeout: 240_000 }, () => {
  let server: TestServer;
  let other: TestServer;
  let desk: Desk;
  let environment: Record<string, string>;
  const objects = `projects: { checkout: { name: Checkout AI, slug: checkout, launch: { owner: ada@acme.example } } }
routing: { constraints: { confidenceThreshold: 0.8 } }
`;
  const declare = (plane: string, text = objects) => `name: acme\ncontrolPlane: { system: floopy, ${plane} }\n${text}`;
  const api = ({ url }: TestServer) => `transport: api, allowAssumed: true, url: "${url}"`;

  beforeAll(async () => {
    [server, other] = (await Promise.all([1, 2].map(() => startTestServer({ profile: "floopy", plan: "pro" })))) as [
      TestServer,
      TestServer,
    ];
    environment = { GATEHOUSE_TOKEN: server.token };
    desk = new Desk(declare("transport: dashboard"));
  });
  afterAll(() => Promise.all([server?.close(), other?.close()]));

  it("is made by a person first", async () => {
    const made = await server.api("POST", "/v1/projects", { name: "Checkout AI", slug: "checkout" });
    await server.api("PUT", "/v1/constraints", { confidence_threshold: 0.8 });
    const { steps } = await desk.checklist();
    const entries = steps.map(({ id: step, digest, object }) => ({
      step,
      digest,
      ...(object === "projects/checkout" && { id: made.body.id }),
      by: "ada",
      at: "2026-08-24T12:00:00Z",
    }));
    expect(await desk.confirm(entries)).toMatchObject({ exitCode: 0, stdout: "acme/dev: 2 created.\n" });
  });

  it("goes on over the API with the ids that the person gave, and nothing is made again", async () => {
    desk.declare(declare(api(server)));
    const up = await desk.run("up", ["--yes"], environment);
    expect(up).toMatchObject({ exitCode: 0, stdout: "acme/dev: nothing changed.\n" });
    desk.declare(declare(api(server), objects.replace("0.8", "0.9").replace("Checkout AI", "Checkout")));
    expect(await desk.run("up", ["--yes"], environment)).toMatchObject({ exitCode: 0, stdout: "acme/dev: 2 updated.\n" });
    expect((await server.api("GET", "/v1/constraints")).body).toMatchObject({ confidence_threshold: 0.9 });
    const { items } = (await server.api("GET", "/v1/projects")).body;
    expect(items.filter(({ slug }: { slug: string }) => slug === "checkout")).toMatchObject([{ name: "Checkout" }]);
    expect((await desk.run("drift", ["--attested-days", "0"], environment)).exitCode).toBe(0);
  });

  it("does not go on at another address", async () => {
    desk.declare(declare(api(other)));
    const up = await desk.run("up", ["--yes"], { GATEHOUSE_TOKEN: other.token });
    expect(up.exitCode).toBe(2);
    expect(up.stderr).toContain("this stack belongs to the address");
  });

  it("goes back to a person, after it was read over the API for the last time", async () => {
    desk.declare(declare("transport: dashboard", objects.replace("0.8", "0.9")));
    const { steps } = (await desk.run("checklist", ["--format", "json"], environment)).json<{ steps: Step[] }>();
    expect(steps).toMatchObject([
      { id: "main:update:Project:checkout", fields: [{ label: "Name", before: "Checkout", after: "Checkout AI" }] },
    ]);
    const entries = steps.map(({ id: step, digest }) => ({ step, digest, by: "ada", at: "2026-08-25T12:00:00Z" }));
    expect(await desk.confirm(entries, [], environment)).toMatchObject({ exitCode: 0, stdout: "acme/dev: 1 updated.\n" });
    expect(await desk.run("preview", ["--expect-no-changes"])).toMatchObject({ exitCode: 0, stdout: "No changes.\n" });
  });
});

describe("transport api without allowAssumed", () => {
  async function problemsOf(text: string): Promise<readonly string[]> {
    const ran = await gatehouse(["validate", stackAt(text), "--json"]);
    const { error } = ran.json<{ error?: { problems: { position: { line: number; column: number }; path: string; message: string }[] } }>();
    return (error?.problems ?? []).map((p) => `${p.position.line}:${p.position.column}: ${p.path}: ${p.message}`);
  }
  const floopy = (plane: string, routing: string) => `name: acme
controlPlane: { system: floopy, ${plane} }
routing: ${routing}
`;
  const RULES = "{ rules: { cheap: { strategy: fallback, models: [{ model: gpt-4o }] } } }";

  it("takes Floopy's constraints, whose calls are documented, and no named rule, whose calls are assumed", async () => {
    expect(await problemsOf(floopy("transport: api", "{ constraints: { confidenceThreshold: 0.8 } }"))).toEqual([]);
    expect(await problemsOf(floopy("transport: api", RULES))).toEqual([
      "3:21: routing.rules.cheap: RoutingPolicy over transport api: Floopy documents no call that creates a named rule, none that reads it, " +
        "none that changes it, none that deletes it, which it needs, and such calls are assumed: write allowAssumed: true on the control " +
        "plane to use it all the same, or transport: dashboard, where a person does it",
    ]);
    expect(await problemsOf(floopy("transport: api, allowAssumed: true", RULES))).toEqual([]);
    expect(await problemsOf(floopy("transport: dashboard", RULES))).toEqual([]);
  });

  it("takes no member of Olyx, though the invitation is documented", async () => {
    const problems = await problemsOf(`name: acme
controlPlane: { system: olyx, transport: api }
members:
  ada@acme.example: owner
  kim@acme.example: member
`);
    expect(problems).toEqual([
      expect.stringMatching(
        /^4:\d+: members\.ada@acme\.example: OrganizationMember over transport api: Olyx documents no call that reads members, none that changes a role, none that removes a member.*allowAssumed: true.*transport: dashboard.*\(2 objects\)$/,
      ),
    ]);
  });
});
