import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { type FaultyProxy, startProxy } from "../support/faulty-proxy.js";
import { gatehouse, type Ran, type Running, stackAt, start } from "../support/gatehouse.js";
import { startTestServer, type TestServer } from "../support/start-server.js";

const PROJECTS = ["checkout", "search", "support"];
const MODELS = ["huge", "large", "medium", "small", "tiny"];
const KEYS = ["dev", "prod"];
const PEOPLE = ["ada", "bea", "kim"];

/** Thirty objects, six keys among them. */
function thirtyObjects(url: string): string {
  const projects = PROJECTS.map(
    (project) => `  ${project}:
    name: ${project}
    members: { kim@acme.example: viewer }
    models:
${MODELS.map((model) => `      ${model}: { provider: openai, identifier: ${model}, inputUsdPerMillionTokens: 1, outputUsdPerMillionTokens: 1 }`).join("\n")}
    keys:
${KEYS.map((key) => `      ${project}-${key}: { environment: development, hourlyUsd: 2 }`).join("\n")}
`,
  );
  return `name: acme
controlPlane: { system: gatehouse, url: "${url}" }
members:
${PEOPLE.map((person) => `  ${person}@acme.example: member`).join("\n")}
governance: { preset: audit-only }
projects:
${projects.join("")}`;
}

interface Pace {
  /** How long each second key takes. */
  readonly slowKeyMs: number;
  /** After how long a request is given up. */
  readonly timeoutMs: number;
}

/** A control plane that is slow to create, and a stack of thirty objects on it. */
export class SlowStack {
  readonly server: TestServer;
  readonly proxy: FaultyProxy;
  readonly folder: string;
  readonly #environment: Readonly<Record<string, string>>;

  private constructor(server: TestServer, proxy: FaultyProxy, { slowKeyMs, timeoutMs }: Pace) {
    this.server = server;
    this.proxy = proxy;
    this.folder = stackAt(thirtyObjects(proxy.url));
    this.#environment = { GATEHOUSE_TOKEN: server.token, GATEHOUSE_TIMEOUT_MS: String(timeoutMs) };
    // Keys take turns in being slow, so that there is a time at which some are made and others are not.
    for (let i = 0; i < 6; i++) proxy.failNext({ kind: "delay", ms: i % 2 === 0 ? 100 : slowKeyMs }, { method: "POST", path: "/v1/keys" });
    for (let i = 0; i < 200; i++) proxy.failNext({ kind: "delay", ms: 200 }, { method: "POST" });
  }

  static async start(pace: Pace = { slowKeyMs: 1500, timeoutMs: 3000 }): Promise<SlowStack> {
    const server = await startTestServer();
    return new SlowStack(server, await startProxy(server.url), pace);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.proxy.close();
    await this.server.close();
  }

  up(...more: string[]): Running {
    return start(["up", this.folder, "--yes", ...more], this.#environment);
  }

  run(...args: string[]): Promise<Ran> {
    return gatehouse(args, this.#environment);
  }

  /** Resolves when some keys are made and others are being made. */
  async untilKeysAreBeingMade(): Promise<void> {
    await vi.waitFor(
      () => {
        const keys = this.proxy.requests.filter(({ method, path }) => method === "POST" && path === "/v1/keys");
        expect(keys.some(({ status }) => status === 201)).toBe(true);
        expect(keys.some(({ status }) => status === 0)).toBe(true);
      },
      { timeout: 60_000, interval: 5 },
    );
  }

  /** Resolves when the control plane was asked for this. */
  async untilRequested(method: string, path: string): Promise<void> {
    const asked = () => expect(this.proxy.requests.some((seen) => seen.method === method && seen.path === path)).toBe(true);
    await vi.waitFor(asked, { timeout: 60_000, interval: 5 });
  }

  locks(): readonly string[] {
    const folder = this.lockFolder();
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  }

  lockFolder(): string {
    return join(this.folder, ".gatehouse/state/.pulumi/locks/organization/acme/dev");
  }

  stateFile(): string {
    return join(this.folder, ".gatehouse/state/.pulumi/stacks/acme/dev.json");
  }

  /** Process id of the engine that holds the stack. */
  enginePid(): number {
    return JSON.parse(readFileSync(join(this.lockFolder(), this.locks()[0] ?? ""), "utf8")).pid;
  }

  pending(): readonly { type: string; resource: { urn: string } }[] {
    return JSON.parse(readFileSync(this.stateFile(), "utf8")).checkpoint.latest.pending_operations ?? [];
  }

  async itemsOf(path: string): Promise<readonly Record<string, unknown>[]> {
    return (await this.server.api("GET", `/v1/${path}?limit=1000`)).body.items;
  }

  async expectEverythingOnce(): Promise<void> {
    const projects = (await this.itemsOf("projects")).filter(({ builtIn }) => !builtIn);
    expect(projects.map(({ slug }) => slug).toSorted()).toEqual(PROJECTS);
    for (const { id } of projects) {
      const models = (await this.itemsOf("models")).filter(({ project }) => project === id);
      expect(models.map(({ identifier }) => identifier).toSorted()).toEqual(MODELS);
      const members = (await this.itemsOf(`projects/${id}/members`)).map(({ user }) => user);
      expect(members.filter((user) => user === "kim@acme.example")).toHaveLength(1);
    }
    expect((await this.activeKeys()).toSorted()).toEqual(this.declaredKeys().toSorted());
    const people = (await this.itemsOf("members")).map(({ user }) => String(user));
    for (const person of PEOPLE) expect(people.filter((user) => user === `${person}@acme.example`)).toHaveLength(1);
    expect(this.locks()).toEqual([]);
    expect(this.pending()).toEqual([]);
    const preview = await this.run("preview", this.folder, "--expect-no-changes");
    expect(preview, preview.stderr + preview.stdout).toMatchObject({ exitCode: 0 });
  }

  declaredKeys(): readonly string[] {
    return PROJECTS.flatMap((project) => KEYS.map((key) => `${project}-${key}`));
  }

  async activeKeys(): Promise<readonly string[]> {
    return (await this.itemsOf("keys")).filter(({ status }) => status === "active").map(({ name }) => String(name));
  }

  /** What the gateway answers to a call with the token that the state holds for this key. */
  async callWithTokenOf(key: string): Promise<number> {
    const file = join(mkdtempSync(join(tmpdir(), "secret-")), "token");
    const handed = await this.run("secret", this.folder, key, "--to", file);
    expect(handed, handed.stderr).toMatchObject({ exitCode: 0 });
    const call = { model: "small", messages: [{ role: "user", content: "hello" }] };
    return (await this.server.api("POST", "/v1/chat/completions", call, readFileSync(file, "utf8").trim())).status;
  }

  /** A lock as an engine writes it. */
  writeLock(name: string, owner: { pid: number; hostname: string; timestamp?: string }): void {
    const lock = { username: "somebody", timestamp: "2026-01-02T03:04:05.678Z", ...owner };
    writeFileSync(join(this.lockFolder(), `${name}.json`), JSON.stringify(lock));
  }
}
