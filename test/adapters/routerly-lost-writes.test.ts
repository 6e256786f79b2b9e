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

test("R-50 a request that found the collection locked, or a read of half a file, is sent again", async () => {
  await using server = await startRouterly({ lostWrites: true });
  const crowd = Array.from({ length: 12 }, (_, index) => server.api("POST", "/api/roles", { id: `other-${index}`, name: "x" }));
  const made = await startRun(server).create("Role", { name: "auditor", permissions: [] });
  await Promise.all(crowd);
  expect(made.id).toBe("auditor");
});
