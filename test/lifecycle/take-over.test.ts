import { describe, expect, test } from "vitest";
import { create, update } from "../../provider/lifecycle/lifecycle.js";
import { keptSecrets, takenOverInputs } from "../../provider/lifecycle/take-over.js";
import { KINDS } from "../../schema/kinds/index.js";
import { startTestServer } from "../support/start-server.js";
import { sessionTo } from "./session-to.js";

const { Alert, ProviderCredential, RoutingPolicy } = KINDS;

describe("an object that is taken over as it is", () => {
  test("needs no secret and gets no request that changes it", async () => {
    await using server = await startTestServer();
    const channel = { webhook: "https://hooks.acme.example/ai", secret: "there-before" };
    await server.api("POST", "/v1/alerts", { name: "spend", event: "budget_exceeded", channel });
    await server.api("POST", "/v1/credentials", { name: "openai", provider: "openai", value: "there-before" });
    const before = (await server.api("GET", "/v1/audit")).body;
    const session = sessionTo(server);
    const credential = { name: "openai", provider: "openai", value: { env: "GATEHOUSE_UPSTREAM" }, adopt: "require" };
    const alert = { name: "spend", event: "budget_exceeded", channel: { ...channel, secret: { env: "GATEHOUSE_HOOK" } }, adopt: "require" };
    expect((await create(session, ProviderCredential, credential)).outputs.adopted).toBe(true);
    expect((await create(session, Alert, alert)).outputs.adopted).toBe(true);
    expect((await server.api("GET", "/v1/audit")).body).toEqual(before);
  });

  test("gets its secret when the reference gets a version, at once or later", async () => {
    await using server = await startTestServer();
    await server.api("POST", "/v1/credentials", { name: "openai", provider: "openai", value: "there-before" });
    const declared = { name: "openai", provider: "openai", value: { env: "GATEHOUSE_UPSTREAM" }, adopt: "require" };
    const versioned = { ...declared, value: { ...declared.value, version: 1 } };
    await expect(create(sessionTo(server), ProviderCredential, versioned)).rejects.toThrow("GATEHOUSE_UPSTREAM, which is not set");
    const { id, outputs } = await create(sessionTo(server), ProviderCredential, declared);
    const session = sessionTo(server, server.url, { GATEHOUSE_UPSTREAM: "sent-later" });
    await update(session, ProviderCredential, id, outputs, declared);
    expect((await server.api("GET", "/v1/audit")).body.items[0].action).toBe("create");
    await update(session, ProviderCredential, id, outputs, versioned);
    expect((await server.api("GET", "/v1/audit")).body.items[0]).toMatchObject({ action: "update", kind: "ProviderCredential" });
  });
});

test("the secrets that stay are those of references without a version, at any depth; a list holds all of them or none", () => {
  const channel = { webhook: "https://a.example", secret: { env: "GATEHOUSE_A" }, refreshToken: { env: "GATEHOUSE_B", version: 2 } };
  expect(keptSecrets(Alert, { name: "a", channel })).toEqual({ channel: { secret: { env: "GATEHOUSE_A" } } });
  const policies = (version?: number) => [
    { type: "health" },
    { type: "llm", embeddingApiKey: { env: "GATEHOUSE_A", ...(version === undefined ? {} : { version }) } },
  ];
  expect(keptSecrets(RoutingPolicy, { policies: policies() })).toEqual({ policies: policies() });
  expect(keptSecrets(RoutingPolicy, { policies: policies(1) })).toEqual({});
  expect(keptSecrets(ProviderCredential, { value: "by value, from a program" })).toEqual({});
});

test("what a secret that is sent stands for is no part of what is there", () => {
  const channel = { webhook: "https://a.example", secret: { env: "GATEHOUSE_A", version: 1 } };
  const live = { values: { name: "a", channel: { webhook: "https://a.example" } } };
  expect(takenOverInputs(Alert, { name: "a", channel }, live)).toEqual({ name: "a", channel: { webhook: "https://a.example" } });
  const kept = { ...channel, secret: { env: "GATEHOUSE_A" } };
  expect(takenOverInputs(Alert, { name: "a", channel: kept }, live)).toEqual({ name: "a", channel: kept });
});
