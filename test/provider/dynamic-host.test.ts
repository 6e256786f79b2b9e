import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Client, credentials } from "@grpc/grpc-js";
import * as services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import * as rpc from "@pulumi/pulumi/runtime/rpc.js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { providerString } from "../../provider/provider-string.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { startTestServer, type TestServer } from "../support/start-server.js";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const HOST = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");

type Properties = Record<string, unknown>;

/** Stands for the engine as far as the host looks for it: an address that answers until it is closed. */
class EngineAddress {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket) => this.#sockets.add(socket));
  }

  static async open(): Promise<EngineAddress> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new EngineAddress(server);
  }

  get text(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** The installed SDK's own dynamic host, spoken to as the engine does. */
class Host {
  readonly #process: ChildProcess;
  readonly #client: Client & Record<string, (request: unknown, done: (error: Error | null, answer: never) => void) => void>;

  private constructor(process: ChildProcess, port: string) {
    this.#process = process;
    const Service = (services as unknown as { ResourceProviderClient: new (address: string, credentials: unknown) => never })
      .ResourceProviderClient;
    this.#client = new Service(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  static async start(engine: EngineAddress, environment: Record<string, string>): Promise<Host> {
    const child = spawn(process.execPath, [HOST, engine.text], {
      cwd: REPOSITORY,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    return new Host(child, port.trim());
  }

  call<A>(method: string, request: unknown): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#client[method]?.(request, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  }

  get ended(): Promise<unknown> {
    return this.#process.exitCode === null ? once(this.#process, "exit") : Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#client.close();
    this.#process.kill();
    await this.ended;
  }
}

function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

function bag(kind: string, properties: Properties): Struct {
  return struct({ ...properties, __provider: providerString(kind) });
}

function configuration({ url }: TestServer, more: Readonly<Record<string, string>> = {}): messages.ConfigureRequest {
  const request = new messages.ConfigureRequest();
  request.setArgs(struct({ "gatehouse:url": url, "gatehouse:system": "gatehouse", ...more }));
  return request;
}

interface CheckAnswer {
  getInputs(): Struct;
  getFailuresList(): { getProperty(): string; getReason(): string }[];
}

describe("the installed SDK's dynamic host runs the constant provider string", () => {
  let server: TestServer;
  let engine: EngineAddress;
  let host: Host;

  beforeAll(async () => {
    server = await startTestServer();
    engine = await EngineAddress.open();
    host = await Host.start(engine, { GATEHOUSE_TOKEN: server.token });
    await host.call("configure", configuration(server));
  });

  afterAll(async () => {
    await host?.stop();
    engine?.close();
    await server?.close();
  });

  async function check(kind: string, news: Properties, by = host): Promise<string[]> {
    const request = new messages.CheckRequest();
    request.setUrn(`urn:pulumi:dev::acme::pulumi-nodejs:dynamic/gatehouse:${kind}::x`);
    request.setOlds(struct({}));
    request.setNews(bag(kind, news));
    const answer = await by.call<CheckAnswer>("check", request);
    return answer.getFailuresList().map((failure) => `${failure.getProperty()}: ${failure.getReason()}`);
  }

  it("keeps how an object was met, whatever a later declaration says of `adopt`; what is made anew is met again", async () => {
    async function adoptAfter(olds: Properties, news: Properties): Promise<unknown> {
      const request = new messages.CheckRequest();
      request.setUrn("urn:pulumi:dev::acme::pulumi-nodejs:dynamic/gatehouse:Project::x");
      request.setOlds(Object.keys(olds).length === 0 ? struct({}) : bag("Project", olds));
      request.setNews(bag("Project", { name: "Checkout", ...news }));
      const inputs = (await host.call<CheckAnswer>("check", request)).getInputs().toJavaScript() as Properties;
      return inputs.adopt;
    }
    const before = { name: "Checkout" };
    expect(await adoptAfter({ ...before, adopt: "require" }, {})).toBe("require");
    expect(await adoptAfter(before, { adopt: "require" })).toBeUndefined();
    expect(await adoptAfter({}, { adopt: "require" })).toBe("require");
    expect(await adoptAfter({}, {})).toBeUndefined();
  });

  it("tells every wrong property of a resource at once", async () => {
    const failures = await check("Project", { slug: "Not A Slug", description: 7, colour: "red" });
    expect(failures.toSorted()).toEqual([
      "colour: is not a property of this kind [gatehouse:invalid-input]",
      "description: must be of type string [gatehouse:invalid-input]",
      "name: is missing [gatehouse:invalid-input]",
      "slug: must match ^[a-z0-9-]+$ [gatehouse:invalid-input]",
    ]);
  });

  it("refuses what only assumed calls could carry, so that no run stops half-way", async () => {
    const guessing = await Host.start(engine, { GATEHOUSE_TOKEN: server.token });
    try {
      await guessing.call("configure", configuration(server, { "gatehouse:system": "olyx", "gatehouse:transport": "api" }));
      expect(await check("Project", { name: "Checkout" }, guessing)).toEqual([expect.stringMatching(/assumed.*allowAssumed: true/)]);
    } finally {
      await guessing.stop();
    }
  });

  it("lets unknown values pass, also where an array or an object will be", async () => {
    expect(await check("ApiKey", { name: "k", project: UNKNOWN, rates: UNKNOWN, labels: UNKNOWN, monthlyUsd: UNKNOWN })).toEqual([]);
  });

  it("holds the rules of the house to the guardrails and gates that there are", async () => {
    const settings = { "keys-expires": "advisory", "administrators-are-few": { maximum: "many" }, "least-privilege": UNKNOWN };
    expect(await check("Governance", { settings, exceptions: UNKNOWN })).toEqual([
      "settings.keys-expires: is no guardrail: did you mean `keys-expire`? [gatehouse:invalid-input]",
      "settings.administrators-are-few.maximum: is a text, and must be a whole number of 1 or more [gatehouse:invalid-input]",
    ]);
  });

  it("creates the object on the server and marks the revealed token as a secret", async () => {
    const request = new messages.CreateRequest();
    request.setUrn("urn:pulumi:dev::acme::pulumi-nodejs:dynamic/gatehouse:ApiKey::host");
    request.setProperties(bag("ApiKey", { name: "host-key", environment: "development" }));
    const answer = await host.call<{ getId(): string; getProperties(): Struct }>("create", request);

    const { body } = await server.api("GET", `/v1/keys/${answer.getId()}`);
    expect(body).toMatchObject({ name: "host-key", environment: "development", status: "active" });
    const outputs = answer.getProperties().toJavaScript() as { token: Properties };
    expect(outputs.token[rpc.specialSigKey]).toBe(rpc.specialSecretSig);
    expect(outputs.token.value).toMatch(/^gh_sk_/);
  });

  it("asks for a replacement when an immutable property changes or its target is made anew, and not because a value is unknown", async () => {
    const diff = async (kind: string, olds: Properties, news: Properties) => {
      const request = new messages.DiffRequest();
      request.setId("one");
      request.setOlds(bag(kind, olds));
      request.setNews(bag(kind, news));
      return (await host.call<{ getReplacesList(): string[] }>("diff", request)).getReplacesList();
    };
    expect(await diff("ApiKey", { name: "k", project: "one" }, { name: "k", project: "two" })).toEqual(["project"]);
    expect(await diff("ApiKey", { name: "k", project: "one" }, { name: "k", project: UNKNOWN })).toEqual(["project"]);
    expect(await diff("Project", { name: "p", slug: "one" }, { name: "p", slug: UNKNOWN })).toEqual([]);
  });

  it("ends itself when the engine is gone, so that no orphan goes on writing", async () => {
    const dying = await EngineAddress.open();
    const orphan = await Host.start(dying, { GATEHOUSE_TOKEN: server.token });
    const check = new messages.CheckRequest();
    check.setNews(bag("Project", { name: "Loads the provider" }));
    check.setOlds(struct({}));
    await orphan.call("configure", configuration(server));
    await orphan.call("check", check);
    dying.close();
    await orphan.ended;
  });
});

describe("the provider string", () => {
  it("never changes, because a changed text would update every resource of every stack", () => {
    expect(providerString("ApiKey")).toBe(
      'exports.handler=()=>require("module").createRequire(process.cwd()+"/")("pulumi-gatehouse/dynamic").providers.ApiKey;',
    );
  });

  it("and the lifecycle agree with the SDK on how an unknown value is written", () => {
    expect(UNKNOWN).toBe(rpc.unknownValue);
  });
});
