import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { gatehouse } from "../support/gatehouse.js";

const MAIN = fileURLToPath(new URL("../../dist/provider/cli/main.js", import.meta.url));
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

interface Served {
  readonly url: string;
  /** What it has written to standard output. */
  said(): string;
  /** Ends it with this signal and answers its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** `gatehouse serve --port 0 …`, from its first word on. */
async function serve(options: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<Served> {
  const child = spawn(process.execPath, [MAIN, "serve", "--port", "0", ...options], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  let text = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.once("close", (code) => reject(new Error(`serve ended with ${code}: ${text}`)));
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (found && (!options.includes("--json") || text.trimEnd().endsWith("}"))) resolve(found[0]);
    });
  });
  return {
    url,
    said: () => text,
    async end(signal) {
      const closed = once(child, "close");
      child.kill(signal);
      return (await closed)[0] as number | null;
    },
  };
}

const get = async (url: string, token?: string) => {
  const answer = await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: (await answer.json()) as { items: { slug: string }[] } };
};

test("serve --json answers one document with address, port and bootstrap token, and ends with 0 on SIGTERM", async () => {
  const server = await serve(["--json", "--plan", "starter"]);
  const { url, port, bootstrapToken } = JSON.parse(server.said());
  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect(await get(`${url}/healthz`)).toMatchObject({ status: 200, body: { status: "ok" } });
  expect(await get(`${url}/v1/organization`, bootstrapToken)).toMatchObject({ status: 200, body: { plan: "starter" } });
  expect((await get(`${url}/v1/organization`)).status).toBe(401);
  expect(await server.end("SIGTERM")).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});

test("with a data file everything survives a restart; the token is shown at the first start only and not kept in clear", async () => {
  const data = join(mkdtempSync(join(tmpdir(), "serve-")), "gatehouse.db");
  const first = await serve(["--data", data]);
  await expect.poll(first.said).toContain("export GATEHOUSE_TOKEN=");
  const [, token = ""] = /GATEHOUSE_TOKEN=(\S+)/.exec(first.said()) ?? [];
  const made = await fetch(`${first.url}/v1/projects`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "Kept", slug: "kept" }),
  });
  expect(made.status).toBe(201);
  expect(await first.end("SIGINT")).toBe(0);
  expect(readFileSync(data).includes(token)).toBe(false);

  const second = await serve(["--data", data, "--json"]);
  expect(JSON.parse(second.said())).not.toHaveProperty("bootstrapToken");
  const projects = await get(`${second.url}/v1/projects`, token);
  expect(projects.body.items.map(({ slug }) => slug)).toEqual(["default", "kept"]);
  expect(await second.end("SIGTERM")).toBe(0);
});

test("a bootstrap token from the environment works and is not printed", async () => {
  const server = await serve([], { GATEHOUSE_BOOTSTRAP_TOKEN: "gh_mt_given-by-the-operator" });
  expect((await get(`${server.url}/v1/organization`, "gh_mt_given-by-the-operator")).status).toBe(200);
  await expect.poll(server.said).toContain("in memory");
  expect(server.said()).not.toContain("given-by-the-operator");
  expect(await server.end("SIGTERM")).toBe(0);
});

test("a taken port, an unknown profile and a file that is no data file are refused with exit code 2", async () => {
  const server = await serve();
  const notData = join(mkdtempSync(join(tmpdir(), "serve-")), "notes.txt");
  writeFileSync(notData, "These are notes, and no database.\n".repeat(100));
  const wrong = [
    ["--port", String(new URL(server.url).port)],
    ["--port", "0", "--profile", "unknown"],
    ["--port", "0", "--data", notData],
  ];
  for (const options of wrong) {
    const ran = await gatehouse(["serve", ...options]);
    expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ran.stderr).toMatch(/^error: the embedded control plane: cannot start: .+\n {2}Give another --port/);
  }
});
