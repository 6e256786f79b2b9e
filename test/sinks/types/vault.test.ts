import { describe, expect, it, onTestFinished } from "vitest";
import { openSink, sinkProblem } from "../../../provider/sinks/index.js";
import type { Sink } from "../../../provider/sinks/sink.js";
import { placeOf, sinkConformance } from "../conformance.js";
import { operated } from "../operated.js";
import { type FakeVault, ROOT_TOKEN, startVault, type VaultOptions } from "./fake-vault.js";

const PLACE = placeOf("checkout", "api");

sinkConformance(
  "vault",
  async () => {
    const vault = await startVault();
    return {
      settings: { address: vault.url, path: "ai/{project}/{key}", token: { env: "VAULT_TOKEN" } },
      environment: { VAULT_TOKEN: ROOT_TOKEN },
      held: ({ project, key }) => vault.current(`ai/${project}/${key}`)?.token as string | undefined,
      refuse: () => vault.answerAll({ status: 403, body: { errors: ["1 error occurred:\n\t* permission denied", ROOT_TOKEN] } }),
      answerAll: vault.answerAll,
      recover: () => vault.answerAll(undefined),
      close: vault.close,
    };
  },
  { restores: true },
);

describe("Vault", () => {
  it("gets a field at /v1/secret/data/…, and answers the version that the state keeps", async () => {
    const { vault, sink } = await opened({ path: "ai/{project}/{key}" });
    const first = await sink.deliver(PLACE, "secret-one");
    const second = await sink.deliver(PLACE, "secret-two");
    expect([first, second]).toEqual([
      { place: "secret/ai/checkout/api", version: "1" },
      { place: "secret/ai/checkout/api", version: "2" },
    ]);
    expect(vault.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /v1/secret/data/ai/checkout/api",
      "POST /v1/secret/data/ai/checkout/api",
      "GET /v1/secret/data/ai/checkout/api",
      "PATCH /v1/secret/data/ai/checkout/api",
    ]);
    expect(await sink.restore?.(PLACE, first)).toEqual({ place: "secret/ai/checkout/api", version: "3" });
  });

  it("keeps the other fields of a secret", async () => {
    const { vault, sink } = await opened({ path: "ai/{project}", field: "{key}" });
    vault.put("ai/checkout", { owner: "ana" });
    await sink.deliver(PLACE, "secret-one");
    expect(vault.current("ai/checkout")).toEqual({ owner: "ana", api: "secret-one" });
  });

  it("makes a secret again whose last version somebody deleted", async () => {
    const { vault, sink } = await opened({ path: "ai/{project}/{key}" });
    await sink.deliver(PLACE, "secret-one");
    vault.removeLast("ai/checkout/api");
    expect(await sink.deliver(PLACE, "secret-two")).toMatchObject({ version: "2" });
  });

  it("adds its field to a secret that somebody makes at the same moment", async () => {
    const { vault, sink } = await opened({ path: "ai/{project}", field: "{key}" });
    vault.answerNext({ status: 404, body: { errors: [] } });
    vault.put("ai/checkout", { owner: "ana" });
    await sink.deliver(PLACE, "secret-one");
    expect(vault.current("ai/checkout")).toEqual({ owner: "ana", api: "secret-one" });
  });

  it("is written by a token that may not read, and then cannot give a former secret back", async () => {
    const { vault, sink } = await opened({ path: "ai/{project}", field: "{key}" }, { mayRead: false });
    const first = await sink.deliver(PLACE, "secret-one");
    await sink.deliver(placeOf("checkout", "batch"), "secret-two");
    expect(vault.current("ai/checkout")).toEqual({ api: "secret-one", batch: "secret-two" });
    await expect(sink.restore?.(PLACE, first)).rejects.toThrow("read there to give a former secret back");
  });

  it("tells an engine that asks for it which version it saw", async () => {
    const { sink } = await opened({ path: "ai/{key}" }, { casRequired: true });
    for (const version of ["1", "2"]) expect(await sink.deliver(PLACE, `secret-${version}`)).toMatchObject({ version });
  });

  it("waits out too many requests", async () => {
    const { vault, sink } = await opened({ path: "ai/{key}" });
    vault.answerNext({ status: 429, headers: { "retry-after": "0" }, body: { errors: ["request path rate limit quota exceeded"] } });
    await sink.deliver(PLACE, "secret-one");
    expect(vault.current("ai/api")).toEqual({ token: "secret-one" });
  });

  it("is logged in to by AppRole and by the service account of a pod", async () => {
    const approle = await opened({ path: "ai/{key}", token: undefined, appRole: { roleId: "r-1", secretId: { env: "VAULT_TOKEN" } } });
    approle.vault.logins.set("/v1/auth/approle/login", { role_id: "r-1", secret_id: ROOT_TOKEN });
    await approle.sink.deliver(PLACE, "secret-one");
    expect(approle.vault.current("ai/api")).toEqual({ token: "secret-one" });

    const kubernetes = { mount: "clusters/eu", role: "gatehouse", jwt: { env: "VAULT_TOKEN" } };
    const pod = await opened({ path: "ai/{key}", token: undefined, kubernetes });
    pod.vault.logins.set("/v1/auth/clusters/eu/login", { role: "gatehouse", jwt: ROOT_TOKEN });
    await pod.sink.deliver(PLACE, "secret-one");
    expect(pod.vault.current("ai/api")).toEqual({ token: "secret-one" });
  });

  it("tells a refusal without the token that a login gave", async () => {
    const { vault, sink } = await opened({
      path: "ai/{key}",
      token: undefined,
      appRole: { roleId: "r-1", secretId: { env: "VAULT_TOKEN" } },
    });
    vault.answerNext({ status: 200, body: { auth: { client_token: "hvs.issued-a-moment-ago" } } });
    const refusal = { status: 403, body: { errors: ["no policy lets hvs.issued-a-moment-ago in"] } };
    for (const answer of [refusal, refusal]) vault.answerNext(answer);
    await expect(sink.deliver(PLACE, "secret-one")).rejects.toThrow("no policy lets [secret] in");
  });

  it("tells a failed login without what was sent", async () => {
    const { vault, sink } = await opened({
      path: "ai/{key}",
      token: undefined,
      appRole: { roleId: "r-1", secretId: { env: "VAULT_TOKEN" } },
    });
    vault.logins.set("/v1/auth/approle/login", { role_id: "another" });
    await expect(sink.deliver(PLACE, "secret-one")).rejects.toThrow('status 400: invalid {"role_id":"r-1","secret_id":"[secret]"}');
  });

  it("is asked in its namespace, and not in the one that the environment has for other programs", async () => {
    process.env.VAULT_NAMESPACE = "elsewhere";
    onTestFinished(() => void delete process.env.VAULT_NAMESPACE);
    const named = await opened({ path: "ai/{key}", namespace: "admin/ai" }, { namespace: "admin/ai" });
    await named.sink.deliver(PLACE, "secret-one");
    const plain = await opened({ path: "ai/{key}" });
    await plain.sink.deliver(PLACE, "secret-one");
    expect([named.vault.current("ai/api"), plain.vault.current("ai/api")]).toEqual([{ token: "secret-one" }, { token: "secret-one" }]);
  });

  it("is not taken for something else that answers 200", async () => {
    const { vault, sink } = await opened({ path: "ai/{key}" });
    vault.answerAll({ status: 200, body: { hello: "world" } });
    await expect(sink.deliver(PLACE, "secret-one")).rejects.toThrow("answered, and not as Vault does");
  });

  it("needs one way to log in, its credential, and https or this machine", async () => {
    const settings = { type: "vault", address: "http://vault.acme.example", path: "ai/{key}" };
    const problem = sinkProblem("vault", operated({ vault: settings }));
    expect(problem).toContain("vault.address: must be an https URL");
    const both = { ...settings, address: "https://vault.acme.example", token: { env: "A" }, kubernetes: { role: "r" } };
    expect(sinkProblem("vault", operated({ vault: both }))).toContain("vault.token: give one of token, appRole and kubernetes");
    const { sink } = await opened({ path: "ai/{key}", token: { env: "NOT_SET" } });
    await expect(sink.deliver(PLACE, "secret-one")).rejects.toThrow("needs the variable NOT_SET, which is not set");
  });

  it("does not repeat a token that stands in the file itself", () => {
    const settings = { type: "vault", address: "https://vault.acme.example", path: "ai/{key}", token: ROOT_TOKEN };
    const problem = sinkProblem("vault", operated({ vault: settings }));
    expect(problem).toContain("vault.token: is a text, and must be { env: NAME } or { file: PATH }");
    expect(problem).not.toContain(ROOT_TOKEN);
  });
});

async function opened(
  settings: Readonly<Record<string, unknown>>,
  options: VaultOptions = {},
): Promise<{ readonly vault: FakeVault; readonly sink: Sink }> {
  const vault = await startVault(options);
  onTestFinished(vault.close);
  const written = { type: "vault", address: vault.url, token: { env: "VAULT_TOKEN" }, ...settings };
  return { vault, sink: await openSink("vault", operated({ vault: written }, { VAULT_TOKEN: ROOT_TOKEN })) };
}
