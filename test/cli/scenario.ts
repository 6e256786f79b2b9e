import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Plan } from "../../provider/server/index.js";
import { approve, approvedDestroy, type Closed } from "../support/approved-destroy.js";
import { type FaultyProxy, startProxy } from "../support/faulty-proxy.js";
import { auditOnly, gatehouse, type Ran } from "../support/gatehouse.js";
import { type ApiAnswer, startTestServer, type TestServer } from "../support/start-server.js";

/** A real control plane behind a watched proxy, a stack folder of its own, and the command line that is pointed at both. */
export class Scenario {
  readonly server: TestServer;
  readonly proxy: FaultyProxy;
  readonly folder: string;
  /** Everything that the commands have written so far, for a search through it. */
  readonly said: string[] = [];

  constructor(server: TestServer, proxy: FaultyProxy, folder: string) {
    this.server = server;
    this.proxy = proxy;
    this.folder = folder;
  }

  get environment(): Record<string, string> {
    return { GATEHOUSE_URL: this.proxy.url, GATEHOUSE_TOKEN: this.server.token };
  }

  /** `gatehouse COMMAND FOLDER …`. */
  async run(command: string, options: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const ran = await gatehouse([command, this.folder, ...options], { ...this.environment, ...environment });
    this.said.push(ran.stdout, ran.stderr);
    return ran;
  }

  /** `gatehouse up FOLDER --yes`, which must succeed. */
  async up(...options: string[]): Promise<Ran> {
    const ran = await this.run("up", ["--yes", ...options]);
    if (ran.exitCode !== 0) throw new Error(`up exited ${ran.exitCode}:\n${ran.stdout}\n${ran.stderr}`);
    return ran;
  }

  /** `gatehouse destroy FOLDER --yes`, with what the gates want approved. */
  async destroy(...options: string[]): Promise<Ran> {
    const ran = await approvedDestroy(this.folder, this.environment, ...options);
    this.said.push(ran.stdout, ran.stderr);
    return ran;
  }

  /** Replaces the stack file. These stacks are made to go wrong in other ways: what the guardrails have against them is only told. */
  declare(text: string): void {
    writeFileSync(this.#file, auditOnly(text));
  }

  /** Applies a dangerous change as it is meant: what its gates want approved is applied first, by itself, to what is declared so far. */
  async upApproved(before: string, after: string): Promise<Ran> {
    this.declare(after);
    const { gates } = (await this.run("preview", ["--json"])).json<{ gates: { closed: readonly Closed[] } }>();
    this.declare(before);
    approve(this.#file, gates.closed);
    await this.up();
    this.declare(after);
    approve(this.#file, gates.closed);
    return this.up();
  }

  get #file(): string {
    return join(this.folder, "gatehouse.yaml");
  }

  /** The objects of one collection, as the server lists them. */
  async objects(path: string): Promise<ApiAnswer["body"][]> {
    const { status, body } = await this.server.api("GET", path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
    return body.items;
  }

  /** The object of this name in a collection. */
  async object(path: string, property: string, value: string): Promise<ApiAnswer["body"]> {
    const found = (await this.objects(path)).filter((one) => one[property] === value);
    if (found.length !== 1) throw new Error(`${found.length} objects in ${path} have ${property} ${value}`);
    return found[0];
  }

  /** Methods of the requests that the proxy has seen since the last call. */
  methodsSeen(): string[] {
    return [...new Set(this.proxy.requests.splice(0).map(({ method }) => method))].toSorted();
  }

  /** Hands a key's secret over into a file and reads it there. */
  async tokenOf(key: string): Promise<string> {
    const file = join(mkdtempSync(join(tmpdir(), "token-")), "token");
    const ran = await this.run("secret", [key, "--to", file]);
    if (ran.exitCode !== 0) throw new Error(`secret exited ${ran.exitCode}:\n${ran.stderr}`);
    return readFileSync(file, "utf8").trim();
  }

  /** Files below the stack's folder that hold this text in clear. */
  filesWith(text: string): string[] {
    return readdirSync(this.folder, { recursive: true, encoding: "utf8" }).filter((file) => {
      const path = join(this.folder, file);
      return statSync(path).isFile() && readFileSync(path).includes(text);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.proxy.close();
    await this.server.close();
  }
}

/** Starts a control plane and puts a stack file beside it. */
export async function startScenario(text: string, plan: Plan = "pro"): Promise<Scenario> {
  const server = await startTestServer({ plan });
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  const scenario = new Scenario(server, await startProxy(server.url), folder);
  scenario.declare(text);
  return scenario;
}

/** The head of a stack file for the embedded control plane. */
export const HEAD = `name: acme
controlPlane: { system: gatehouse, url: "http://127.0.0.1:8787" }
`;

/** Writes a file, with the folders it needs. */
export function write(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
