import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Answer } from "../../provider/http/client.js";
import { type RouterlyServer, startRouterly } from "../support/routerly.js";
import { type Run, startRun } from "../support/routerly-adapter.js";

const SCRIPT = fileURLToPath(new URL("../support/routerly-stack.mjs", import.meta.url));
const PROJECTS = 40;
const TOKENS = 3;

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly tokens: readonly { readonly id: string; readonly labels: readonly string[] }[];
}

/** Applies a stack in a process of its own and gives the tokens that it was shown. */
async function applyElsewhere(server: RouterlyServer, name: string, projects: number): Promise<{ id: string; token: string }[]> {
  const environment = { ...process.env, GATEHOUSE_ROUTERLY_EMAIL: server.email, GATEHOUSE_ROUTERLY_PASSWORD: server.password };
  const child = spawn(process.execPath, [SCRIPT, name, String(projects), String(TOKENS), server.url], { env: environment });
  const read = async (stream: AsyncIterable<Buffer>) => {
    let text = "";
    for await (const chunk of stream) text += chunk.toString();
    return text;
  };
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, err, code] = await Promise.all([read(child.stdout), read(child.stderr), ended]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

async function applyHere(run: Run, name: string, projects: number): Promise<void> {
  const makeProject = async (index: number) => {
    const project = await run.create("Project", { name: `${name}-${index}` });
    const keys = Array.from({ length: TOKENS }, (_, key) =>
      run.create("ApiKey", { name: `${name}-${index}-${key}`, project: project.id, labels: [`label-${key}`] }),
    );
    await Promise.all(keys);
  };
  await Promise.all(Array.from({ length: projects }, (_, index) => makeProject(index)));
}

async function expectWhole(server: RouterlyServer, name: string, projects: number): Promise<void> {
  const all = (await server.api("GET", "/api/projects")).body as Listed[];
  const own = all.filter((project) => project.name.startsWith(`${name}-`)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const expected = Array.from({ length: projects }, (_, index) => `${name}-${index}`).toSorted();
  expect(own.map((project) => project.name)).toEqual(expected);
  for (const project of own) {
    const labels = project.tokens.map((token) => [...token.labels]).toSorted();
    expect(labels).toEqual(Array.from({ length: TOKENS }, (_, key) => [`gatehouse:${project.name}-${key}`, `label-${key}`]));
  }
}

test("R-45 R-48 forty projects with three tokens each, made at once on a server that loses writes, are all there", {
  timeout: 120_000,
}, async () => {
  await using server = await startRouterly({ lostWrites: true });
  await applyHere(startRun(server), "one", PROJECTS);
  await expectWhole(server, "one", PROJECTS);
});

test("two processes and a third run at the same time leave everything of all of them whole", { timeout: 120_000 }, async () => {
  await using server = await startRouterly({ lostWrites: true });
  const [one, two] = await Promise.all([
    applyElsewhere(server, "one", 12),
    applyElsewhere(server, "two", 12),
    applyHere(startRun(server), "three", 6),
  ]);
  for (const [name, projects] of [
    ["one", 12],
    ["two", 12],
    ["three", 6],
  ] as const)
    await expectWhole(server, name, projects);
  for (const { token } of [...one, ...two]) expect((await server.api("GET", "/v1/models", undefined, token)).status).toBe(200);
});

/** Lets something happen at the server between our own requests, as somebody at the dashboard would make it. */
function meddle(run: Run, between: (method: string, path: string, answer: Answer) => Promise<Answer>): void {
  const { client } = run.session;
  const exclusively = client.exclusively.bind(client);
  client.exclusively = (task) =>
    exclusively((inside) =>
      task({ send: async (method, path, options) => between(method, path, await inside.send(method, path, options)) }),
    );
}

test("R-45 a creation that somebody else's write erased is sent again; one that is erased each time is said to be lost", async () => {
  await using server = await startRouterly();
  const run = startRun(server);
  let erasures = 2;
  meddle(run, async (method, path, answer) => {
    if (method === "POST" && erasures-- > 0) await server.api("DELETE", `${path}/auditor`);
    return answer;
  });
  const role = { name: "auditor", permissions: ["report:read"] };
  expect((await run.create("Role", role)).id).toBe("auditor");
  expect((await server.api("GET", "/api/roles")).body).toHaveLength(4);
  await server.api("DELETE", "/api/roles/auditor");
  erasures = 100;
  await expect(run.create("Role", role)).rejects.toThrow(/answered 3 creations and kept none/);
});

test("R-46 an empty list is read again before it is believed, and not believed at all where it was long", async () => {
  await using server = await startRouterly();
  const run = startRun(server);
  const one = await run.create("Project", { name: "One" });
  let torn = 1;
  meddle(run, async (method, path, answer) =>
    method === "GET" && path === "/api/projects" && torn-- > 0 ? { ...answer, body: [] } : answer,
  );
  expect(await run.read("Project", one)).toMatchObject({ id: one.id });
  await run.create("Project", { name: "Two" });
  torn = 100;
  const later = startRun(server);
  meddle(later, async (_method, path, answer) => (path === "/api/projects" && torn++ > 101 ? { ...answer, body: [] } : answer));
  expect(await later.session.objects(later.kind("Project")).list(undefined)).toHaveLength(2);
  expect(await later.session.objects(later.kind("Project")).list(undefined)).toHaveLength(2);
  await expect(later.session.objects(later.kind("Project")).list(undefined)).rejects.toThrow(/has lost the whole collection/);
  await expect(later.session.objects(later.kind("Project")).fetch(undefined, one.id)).rejects.toThrow(/Restore the server's backup/);
});

type Collected = "Project" | "Model" | "Role" | "Alert";

const DECLARED: Readonly<Record<Collected, (number: number) => Record<string, unknown>>> = {
  Project: (number) => ({ name: `P${number}` }),
  Model: (number) => ({ identifier: `m${number}`, provider: "openai", inputUsdPerMillionTokens: 1, outputUsdPerMillionTokens: 1 }),
  Role: (number) => ({ name: `r${number}`, permissions: [] }),
  Alert: (number) => ({ name: `a${number}`, event: "x", channel: { webhook: `https://hooks.acme.example/${number}` } }),
};

/** Leaves of a collection what the server gives it by itself, and what is to be kept. */
async function reset(server: RouterlyServer, name: Collected, isKept = (_one: Listed) => false): Promise<void> {
  if (name === "Alert") return void (await server.api("PUT", "/api/settings", { notifications: { channels: [] } }));
  const path = { Project: "/api/projects", Model: "/api/models", Role: "/api/roles" }[name];
  for (const one of (await server.api("GET", path)).body) if (!isKept(one)) await server.api("DELETE", `${path}/${one.id}`);
}

/** A run before which three objects of a kind were made, and in which somebody's write comes between the first request of a method and its answer. */
async function interrupted(server: RouterlyServer, name: Collected, method: string, interruption: () => Promise<void>) {
  const before = startRun(server);
  const first = await before.create(name, DECLARED[name](1));
  for (const number of [2, 3]) await before.create(name, DECLARED[name](number));
  const run = startRun(server);
  let isFirst = true;
  meddle(run, async (sent, _path, answer) => {
    if (sent === method && isFirst) {
      isFirst = false;
      await interruption();
    }
    return answer;
  });
  return { run, first };
}

test.each([
  ["Project", "POST"],
  ["Model", "POST"],
  ["Role", "POST"],
  ["Alert", "PUT"],
] as const)("R-46 %s: nothing is made anew in a collection that was reset meanwhile, which would hide the loss", async (name, method) => {
  await using server = await startRouterly();
  const { run } = await interrupted(server, name, method, () => reset(server, name));
  await expect(run.create(name, DECLARED[name](4))).rejects.toThrow(/has lost the whole collection/);
});

test.each([
  ["Project", "DELETE"],
  ["Model", "DELETE"],
  ["Role", "DELETE"],
  ["Alert", "PUT"],
] as const)("R-46 %s: a deletion from a collection that was reset meanwhile is no success", async (name, method) => {
  await using server = await startRouterly();
  const { run, first } = await interrupted(server, name, method, () => reset(server, name));
  await expect(run.remove(name, first)).rejects.toThrow(/has lost the whole collection/);
});

test("R-46 a project that alone is left of its collection is told of, and so is a token without any other project", async () => {
  await using server = await startRouterly();
  const alone = await interrupted(server, "Project", "POST", () => reset(server, "Project", ({ name }) => name === "P4"));
  await expect(alone.run.create("Project", { name: "P4" })).rejects.toThrow(/has lost the whole collection/);
  await reset(server, "Project");
  const { run, first } = await interrupted(server, "Project", "POST", () => reset(server, "Project", ({ name }) => name === "P1"));
  await expect(run.create("ApiKey", { name: "k", project: first.id })).rejects.toThrow(/has lost the whole collection/);
});

test("R-46 what a run takes away itself, down to the last, is no loss", async () => {
  await using server = await startRouterly();
  for (const name of ["Project", "Model", "Role", "Alert"] as const) {
    const run = startRun(server);
    const made = [await run.create(name, DECLARED[name](1)), await run.create(name, DECLARED[name](2))];
    for (const one of made) await run.remove(name, one);
    expect((await run.session.objects(run.kind(name)).list(undefined)).filter(({ builtIn }) => !builtIn)).toEqual([]);
  }
});

test("R-50 a request that found the collection locked, or a read of half a file, is sent again", async () => {
  await using server = await startRouterly({ lostWrites: true });
  const crowd = Array.from({ length: 12 }, (_, index) => server.api("POST", "/api/roles", { id: `other-${index}`, name: "x" }));
  const made = await startRun(server).create("Role", { name: "auditor", permissions: [] });
  await Promise.all(crowd);
  expect(made.id).toBe("auditor");
});
