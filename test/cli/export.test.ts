import { mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillByHand, fillRouterlyByHand, SECRETS_BY_HAND } from "../support/by-hand.js";
import { gatehouse } from "../support/gatehouse.js";
import { type RouterlyServer, startRouterly } from "../support/routerly.js";
import { startTestServer, type TestServer } from "../support/start-server.js";

interface Plan {
  readonly adopt: readonly { readonly kind: string; readonly id: string; readonly path: string }[];
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
  readonly unread: readonly { readonly kind: string; readonly why: string }[];
  readonly variables: readonly { readonly variable: string }[];
  readonly written: readonly string[];
}

const newFolder = () => join(mkdtempSync(join(tmpdir(), "export-")), "acme");

function textsIn(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
}

/** Takes the line out of every file that says that everything in it is there already. */
function withoutAdopt(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".yaml"))) {
    const file = join(folder, name);
    writeFileSync(file, readFileSync(file, "utf8").replace(/^adopt: require\n/m, ""));
  }
}

/** Each test goes on where the one before ended. */
describe("an organization that was filled by hand", { timeout: 120_000 }, () => {
  const folder = newFolder();
  let server: TestServer;
  let audit: unknown;
  beforeAll(async () => {
    server = await startTestServer();
    await fillByHand(server);
    audit = (await server.api("GET", "/v1/audit?limit=1000")).body;
  });
  afterAll(() => server?.close());

  const run = (command: string, ...options: string[]) => gatehouse([command, folder, ...options], { GATEHOUSE_TOKEN: server.token });

  it("becomes a stack folder of everything in it, without a secret", async () => {
    const exported = await run("export", "--system", "gatehouse", "--url", server.url, "--json");
    expect(exported).toMatchObject({ exitCode: 0 });
    const { adopt, leftOut, written } = exported.json<Plan>();
    expect(adopt).toHaveLength(60);
    expect(leftOut).toMatchObject([{ name: "gone", why: expect.stringContaining("revoked") }]);
    expect(written).toEqual([
      ...["gatehouse.yaml", "default.yaml", "checkout.yaml", "search.yaml", "rocket.yaml"],
      "stackfile.schema.json",
    ]);
    const texts = textsIn(folder) + exported.stdout + exported.stderr;
    for (const secret of [...SECRETS_BY_HAND, server.token]) expect(texts).not.toContain(secret);
    expect((await run("validate")).exitCode).toBe(0);
  });

  it("is exported as far as a credential may read; what it may not is told", async () => {
    const password = "auditors-password";
    await server.api("POST", "/v1/members", { user: "eye@acme.example", role: "auditor", initialPassword: password });
    const login = await server.api("POST", "/v1/login", { email: "eye@acme.example", password }, null);
    const options = ["--system", "gatehouse", "--url", server.url, "--token-env", "GATEHOUSE_EYE", "--json"];
    const ran = await gatehouse(["export", newFolder(), ...options], { GATEHOUSE_EYE: login.body.token });
    expect(ran.exitCode).toBe(0);
    const { adopt, unread } = ran.json<Plan>();
    expect(new Set(adopt.map(({ kind }) => kind))).toEqual(new Set(["Project"]));
    expect(unread).toContainEqual({ kind: "Budget", why: expect.stringContaining("may not read Budget") });
    const { body } = await server.api("GET", "/v1/members?limit=100");
    const { id } = body.items.find(({ user }: { user: string }) => user === "eye@acme.example");
    await server.api("DELETE", `/v1/members/${id}`);
    audit = (await server.api("GET", "/v1/audit?limit=1000")).body;
  });

  it("is taken over as it is: the preview finds that nothing changes", async () => {
    const preview = await run("preview", "--expect-no-changes");
    expect(preview.exitCode).toBe(0);
    expect(preview.stdout).toContain("Nothing changes at the control plane; 60 objects are taken over as they are.");
    expect(preview.stdout).not.toMatch(/^(critical|medium) /m);
  });

  it("holds what it held before after the first up, which needs no secret; nothing has drifted", async () => {
    const up = await run("up", "--yes");
    expect(up).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("60 adopted.") });
    expect((await server.api("GET", "/v1/audit?limit=1000")).body).toEqual(audit);
    expect(await run("drift")).toMatchObject({ exitCode: 0, stdout: "No drift.\n" });
  });

  it("needs no `adopt` any more once the stack holds it", async () => {
    withoutAdopt(folder);
    expect(await run("preview", "--expect-no-changes")).toMatchObject({ exitCode: 0, stdout: "No changes.\n" });
  });

  it("is exported again into files that people renamed and changed: new things come to their place, nothing else moves", async () => {
    const projects: { id: string; slug: string }[] = (await server.api("GET", "/v1/projects?limit=100")).body.items;
    const { id: project } = projects.find(({ slug }) => slug === "checkout") ?? {};
    await server.api("POST", "/v1/keys", { name: "by-hand", project, environment: "development", hourlyUsd: 3 });
    await server.api("PATCH", `/v1/projects/${project}`, { description: "by hand" });
    const wiki = (await server.api("POST", "/v1/projects", { slug: "wiki", name: "Wiki" })).body;
    await server.api("POST", "/v1/keys", { name: "wiki-dev", project: wiki.id, environment: "development", hourlyUsd: 3 });
    renameSync(join(folder, "checkout.yaml"), join(folder, "team-a.yaml"));
    const changed = readFileSync(join(folder, "team-a.yaml"), "utf8").replace("    budgets:\n", "    # Ours.\n    budgets:\n");
    writeFileSync(join(folder, "team-a.yaml"), changed);

    const again = await run("export");
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("3 objects in team-a.yaml, wiki.yaml.") });
    expect(again.stdout).toContain(`projects.checkout.description: "one\\ntwo: Checkout AI", and there it is "by hand"`);
    expect(readFileSync(join(folder, "team-a.yaml"), "utf8")).toBe(
      changed.replace("    # Ours.\n", "      by-hand: { environment: development, hourlyUsd: 3, adopt: require }\n    # Ours.\n"),
    );
    expect((await run("export", "--take-live")).exitCode).toBe(0);
    expect(await run("preview", "--expect-no-changes")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("3 objects are taken over as they are."),
    });
  });
});

describe("a Routerly that was filled by hand", { timeout: 120_000 }, () => {
  const folder = newFolder();
  let server: RouterlyServer;
  beforeAll(async () => {
    server = await startRouterly();
    await fillRouterlyByHand(server);
  });
  afterAll(() => server?.close());

  const environment = () => ({ GATEHOUSE_ROUTERLY_EMAIL: server.email, GATEHOUSE_ROUTERLY_PASSWORD: server.password });
  const run = (command: string, ...options: string[]) => gatehouse([command, folder, ...options], environment());

  /** Everything there is, without what each login writes anew. */
  async function held(): Promise<unknown> {
    const lists = await Promise.all(["projects", "models", "users", "roles", "settings"].map((list) => server.api("GET", `/api/${list}`)));
    const texts = JSON.stringify(lists.map(({ body }) => body));
    return JSON.parse(texts, (name, value) => (name === "refreshTokenHash" ? undefined : value));
  }

  it("is taken over as it is, nameless tokens too", async () => {
    const before = await held();
    const exported = await run("export", "--system", "routerly", "--url", server.url, "--json");
    expect(exported.exitCode).toBe(0);
    const { adopt, leftOut, variables } = exported.json<Plan>();
    expect(adopt.filter(({ kind }) => kind === "ApiKey").map(({ path }) => path)).toContainEqual(
      expect.stringMatching(/^projects\/checkout-ai\/keys\/token-[0-9a-f]{8}$/),
    );
    expect(leftOut).toEqual([]);
    expect(variables.map(({ variable }) => variable)).toEqual(
      expect.arrayContaining(["GATEHOUSE_GPT_5_API_KEY", "GATEHOUSE_OPS_CHANNEL_SECRET"]),
    );
    expect((await run("preview", "--expect-no-changes")).exitCode).toBe(0);
    expect((await run("up", "--yes")).exitCode).toBe(0);
    expect(await held()).toEqual(before);
    expect(await run("drift")).toMatchObject({ exitCode: 0, stdout: "No drift.\n" });
    withoutAdopt(folder);
    expect(await run("preview", "--expect-no-changes")).toMatchObject({ exitCode: 0, stdout: "No changes.\n" });
    const texts = textsIn(folder) + exported.stdout;
    for (const secret of [...SECRETS_BY_HAND, server.password]) expect(texts).not.toContain(secret);
  });
});

describe("what cannot be exported", () => {
  it.each([
    [[], "--system is missing"],
    [["--system", "gatehouse"], "--url is missing"],
    [["--system", "floopy", "--url", "http://127.0.0.1:1"], "is a dashboard that a person reads"],
    [["--system", "gatehouse", "--url", "http://gateway.acme.example"], "over plain http to loopback only"],
    [["--system", "nothing", "--url", "http://127.0.0.1:1"], "invalid"],
  ])("is refused before anything is sent or written: %j", async (options, message) => {
    const folder = newFolder();
    const ran = await gatehouse(["export", folder, ...options], { GATEHOUSE_TOKEN: "t", GATEHOUSE_URL: "" });
    expect(ran).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect(() => readdirSync(folder)).toThrow("ENOENT");
  });
});
