/** Every example of the embedded control plane, found by listing, lives its whole life on the real engine against a real server. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { KIND_LIST, REMOTE_KINDS } from "../schema/kinds/index.js";
import { approvedDestroy } from "./support/approved-destroy.js";
import { EXAMPLE_PROGRAMS, EXAMPLE_STACKS } from "./support/examples.js";
import { exampleAt, gatehouse, type Ran } from "./support/gatehouse.js";
import { type PlainPulumi, type PulumiRan, plainPulumi } from "./support/plain-pulumi.js";
import { startTestServer, type TestServer } from "./support/start-server.js";

const REPOSITORY = join(import.meta.dirname, "..");
const OWN_STACKS = EXAMPLE_STACKS.filter(({ systems }) => systems.every((system) => system === "gatehouse")).map(({ name }) => name);
const TIMEOUT_MS = 300_000;

/** Projects that are run where they lie get settings files beside them, which version control ignores. */
const STACK = "examples-test";
const PROGRAMS = [REPOSITORY, ...EXAMPLE_PROGRAMS.map((name) => join(REPOSITORY, "examples", name))];
afterAll(() => {
  for (const folder of PROGRAMS) rmSync(join(folder, `Pulumi.${STACK}.yaml`), { force: true });
});

describe("a stack file among the examples", () => {
  it.concurrent.each(OWN_STACKS)("%s lives from validate to destroy", { timeout: TIMEOUT_MS }, async (name) => {
    await using server = await startTestServer();
    const before = await objectsOn(server);
    const stack = exampleAt(name, server.url);
    const run = async (command: string, exitCode = 0, ...options: string[]): Promise<Ran> =>
      exited(await gatehouse([command, stack, ...options], { GATEHOUSE_TOKEN: server.token }), exitCode);

    expect((await run("validate")).stdout).toContain("no problems");
    const preview = (await run("preview", 0, "--json")).json<{ changes: { kind: string }[] }>();
    expect(await objectsOn(server)).toEqual(before);
    const up = (await run("up", 0, "--yes", "--json")).json<{ changes: { kind: string }[] }>();
    expect(up.changes.map(identity).toSorted()).toEqual(preview.changes.map(identity).toSorted());
    await run("preview", 0, "--expect-no-changes");
    await run("drift");

    const member = await demoteSomebody(server);
    expect((await run("drift", 7)).stdout).toContain(`role: applied ${member.role}, now viewer`);
    await run("up", 0, "--yes");
    expect(await roleOf(server, member.id)).toBe(member.role);
    expect((await run("refresh", 0, "--yes")).stdout).toContain("No drift.");
    exited(await approvedDestroy(stack, { GATEHOUSE_TOKEN: server.token }), 0);
    expect(await objectsOn(server)).toEqual(before);
  });
});

describe("a program among the examples", () => {
  it.concurrent.each(EXAMPLE_PROGRAMS)("%s runs with plain pulumi and with gatehouse", { timeout: TIMEOUT_MS }, async (name) => {
    await using server = await startTestServer();
    const before = await objectsOn(server);
    const folder = join(REPOSITORY, "examples", name);
    const pulumi = await plainPulumi();
    const variables = { GATEHOUSE_URL: server.url, GATEHOUSE_TOKEN: server.token };
    const plain = (...args: string[]) => pulumi.run(folder, [...args, "--stack", STACK], variables);
    const ours = (command: string, ...args: string[]) =>
      gatehouse([command, folder, "--stack", STACK, ...args], { ...variables, ...pulumi.backend });

    expect(exited(await ours("preview"), 0).stdout).toContain("to create");
    expect(existsSync(join(folder, `Pulumi.${STACK}.yaml`))).toBe(false);
    exited(await plain("stack", "init"), 0);
    exited(await plain("up", "--yes", "--skip-preview"), 0);
    exited(await plain("preview", "--refresh", "--expect-no-changes"), 0);
    exited(await ours("preview", "--expect-no-changes"), 0);

    const member = await demoteSomebody(server);
    expect(exited(await ours("drift"), 7).stdout).toContain(`role: applied ${member.role}, now viewer`);
    exited(await plain("up", "--refresh", "--yes", "--skip-preview"), 0);
    expect(await roleOf(server, member.id)).toBe(member.role);
    exited(await plain("destroy", "--yes", "--skip-preview"), 0);
    expect(await objectsOn(server)).toEqual(before);
  });

  it.concurrent("the project at the root applies the quickstart with plain pulumi", { timeout: TIMEOUT_MS }, async () => {
    await using server = await startTestServer();
    const before = await objectsOn(server);
    const pulumi: PlainPulumi = await plainPulumi();
    const plain = (...args: string[]) =>
      pulumi.run(REPOSITORY, [...args, "--stack", STACK], { GATEHOUSE_URL: server.url, GATEHOUSE_TOKEN: server.token });

    exited(await plain("stack", "init"), 0);
    exited(await plain("up", "--yes", "--skip-preview"), 0);
    expect((await server.api("GET", "/v1/projects")).body.items).toContainEqual(expect.objectContaining({ slug: "checkout" }));
    exited(await plain("preview", "--refresh", "--expect-no-changes"), 0);
    exited(await plain("destroy", "--yes", "--skip-preview"), 0);
    expect(await objectsOn(server)).toEqual(before);
  });
});

describe("the examples together", () => {
  it("show every kind", () => {
    const shown = new Set<string>(EXAMPLE_STACKS.flatMap(({ stack }) => stack.declarations).map(({ kind }) => kind));
    expect(KIND_LIST.map(({ name }) => name).filter((kind) => !shown.has(kind))).toEqual([]);
  });

  it.each([...OWN_STACKS, ...EXAMPLE_PROGRAMS])("%s has two administrators", (name) => {
    const members = declaredIn(name).filter(({ kind }) => kind === "OrganizationMember");
    expect(members.filter(({ text }) => /"(owner|admin)"/.test(text)).length).toBeGreaterThanOrEqual(2);
  });
});

/** What an example declares: each object's kind, and a text that holds its values. */
function declaredIn(example: string): readonly { readonly kind: string; readonly text: string }[] {
  const stack = EXAMPLE_STACKS.find(({ name }) => name === example)?.stack;
  if (stack) return stack.declarations.map(({ kind, inputs }) => ({ kind, text: JSON.stringify(inputs) }));
  const program = readFileSync(join(REPOSITORY, "examples", example, "index.ts"), "utf8");
  const registered = [...program.matchAll(/new gatehouse\.(\w+)\(/g)].map(([text, kind = ""]) => ({ kind, text }));
  const members = [...program.matchAll(/"\S+@\S+": ("\w+")/g)].map(([text]) => ({ kind: "OrganizationMember", text }));
  return [...registered, ...members];
}

/** Fails with everything that the command said. */
function exited<R extends Ran | PulumiRan>(ran: R, exitCode: number): R {
  if (ran.exitCode !== exitCode) {
    const said = "output" in ran ? ran.output : `${ran.stdout}\n${ran.stderr}`;
    throw new Error(`exited ${ran.exitCode} instead of ${exitCode}:\n${said}`);
  }
  return ran;
}

const identity = (change: { kind: string; name?: string }): string => `${change.kind} ${change.name}`;

/** Ids of everything on the server that is in use, by collection. A revoked key stays listed and gives no access. */
async function objectsOn(server: TestServer): Promise<Record<string, unknown>> {
  const collections = REMOTE_KINDS.filter(({ path }) => !path.includes("{"));
  const entries = collections.map(async ({ path, singleton, custody }) => {
    const { body } = await server.api("GET", `/v1${path}`);
    const items: { id: string; [field: string]: unknown }[] = singleton ? [body] : body.items;
    return [path, items.filter((item) => !custody?.ended.includes(String(item[custody.statusField]))).map(({ id }) => id)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Makes a declared member a viewer, by hand. Answers who it was and what the declared role is. */
async function demoteSomebody(server: TestServer): Promise<{ id: string; role: string }> {
  const { body } = await server.api("GET", "/v1/members");
  const declared = (body.items as { id: string; user: string; role: string; builtIn?: boolean }[]).filter((item) => item.builtIn !== true);
  const somebody = declared.find(({ role }) => role !== "viewer" && role !== "owner");
  if (somebody === undefined) throw new Error("the example declares no member whose role could be changed by hand");
  const { status } = await server.api("PATCH", `/v1/members/${somebody.id}`, { role: "viewer" });
  expect(status).toBe(200);
  return somebody;
}

async function roleOf(server: TestServer, id: string): Promise<unknown> {
  return (await server.api("GET", `/v1/members/${id}`)).body.role;
}
