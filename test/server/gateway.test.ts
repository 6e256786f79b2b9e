import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

const DEFAULT = "00000000-0000-0000-0000-000000000000";

let server: TestServer;
let now: Date;
beforeEach(async () => {
  now = new Date("2026-09-10T10:00:00Z");
  server = await startTestServer({ now: () => now });
});
afterEach(() => server.close());

const post = async (path: string, body?: unknown) => (await server.api("POST", path, body)).body;
const newKey = (body: object = {}) => post("/v1/keys", { name: `k${Math.random()}`, ...body });
const chat = (token: string, body: object = {}, headers: Record<string, string> = {}) =>
  server.api("POST", "/v1/chat/completions", { model: "m", ...body }, token, headers);
const outcome = ({ status, body }: Awaited<ReturnType<typeof chat>>) => (status === 200 ? 200 : `${status} ${body.code}`);

test("an answer has the shape of OpenAI's and says where it was booked", async () => {
  const key = await newKey({ environment: "staging" });
  const { status, body } = await chat(key.token, { messages: [{ role: "user", content: "12345678" }], temperature: 0.1 });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    object: "chat.completion",
    model: "m",
    choices: [{ index: 0, message: { role: "assistant", content: expect.stringContaining("m") }, finish_reason: "stop" }],
    usage: { prompt_tokens: 2 },
    gatehouse: { project: DEFAULT, environment: "staging", costUsd: 0 },
  });
  expect(body.usage.total_tokens).toBe(2 + body.usage.completion_tokens);
});

test("a wrong request is 422 with everything that is wrong", async () => {
  const key = await newKey();
  const answer = await chat(key.token, { model: "", messages: "hi", usage: { inputTokens: -1 }, costUsd: "1", stream: true });
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((e: { property: string }) => e.property)).toEqual([
    "model",
    "messages",
    "costUsd",
    "stream",
    "usage.inputTokens",
    "usage.outputTokens",
  ]);
});

test("a management token calls no models", async () => {
  expect(outcome(await chat(server.token))).toBe("401 unauthorized");
  expect(outcome(await chat("gh_sk_unknown"))).toBe("401 unauthorized");
});

test("a key is used only from the addresses on its list", async () => {
  for (const [ipAllowList, expected] of [
    [["10.0.0.0/8", "::1"], "403 ip_not_allowed"],
    [["127.0.0.0/8"], 200],
    [["127.0.0.1"], 200],
  ] as const) {
    expect(outcome(await chat((await newKey({ ipAllowList })).token))).toBe(expected);
  }
});

describe("the project of a request", () => {
  let a: { id: string };
  let b: { id: string };
  beforeEach(async () => {
    a = await post("/v1/projects", { name: "A" });
    b = await post("/v1/projects", { name: "B" });
  });
  const projectOf = async (token: string, header?: string) =>
    (await chat(token, {}, header === undefined ? {} : { "gatehouse-project": header })).body.gatehouse?.project;

  test("F-07 F-08 F-20 a locked key serves its project only", async () => {
    const { token } = await newKey({ project: a.id });
    expect(await projectOf(token)).toBe(a.id);
    expect(await projectOf(token, a.id)).toBe(a.id);
    expect(await projectOf(token, "a")).toBe(a.id);
    for (const header of [b.id, "b", "none"])
      expect(outcome(await chat(token, {}, { "gatehouse-project": header }))).toBe("403 project_mismatch");
  });

  test("F-06 F-09 F-10 the header goes before the default of the key", async () => {
    const { token } = await newKey({ defaultProject: a.id });
    expect(await projectOf(token)).toBe(a.id);
    expect(await projectOf(token, b.id)).toBe(b.id);
    expect(await projectOf(token, "b")).toBe(b.id);
    expect(outcome(await chat(token, {}, { "gatehouse-project": "none" }))).toBe("422 unknown_project");
  });

  test("F-11 F-12 without any of these it is the Default project", async () => {
    expect(await projectOf((await newKey()).token)).toBe(DEFAULT);
  });

  test("F-02 O-16 the spend of the month is counted per project", async () => {
    const { token } = await newKey({ project: a.id });
    await chat(token, { costUsd: 0.1 });
    await chat(token, { costUsd: 0.2 });
    const spend = async (id: string) => (await server.api("GET", `/v1/projects/${id}`)).body.totalMonthlySpendUsd;
    expect([await spend(a.id), await spend(b.id)]).toEqual([0.3, 0]);
    now = new Date("2026-10-01T00:00:00Z");
    expect(await spend(a.id)).toBe(0);
  });

  test("F-23 F-25 the environment is the key's, else its project's", async () => {
    const staging = await post("/v1/projects", { name: "S", environment: "staging" });
    const environmentOf = async (body: object) => (await chat((await newKey(body)).token)).body.gatehouse.environment;
    expect(await environmentOf({ project: staging.id })).toBe("staging");
    expect(await environmentOf({ project: staging.id, environment: "production" })).toBe("production");
    expect(await environmentOf({ project: a.id })).toBeUndefined();
  });
});

describe("the model of a request", () => {
  test("a key calls what it is allowed and nothing that is blocked", async () => {
    const allowed = await newKey({ models: { allowed: ["m"] } });
    const blocked = await newKey({ models: { blocked: ["m"] } });
    expect([outcome(await chat(allowed.token)), outcome(await chat(allowed.token, { model: "x" }))]).toEqual([
      200,
      "403 model_not_allowed",
    ]);
    expect([outcome(await chat(blocked.token)), outcome(await chat(blocked.token, { model: "x" }))]).toEqual([
      "403 model_not_allowed",
      200,
    ]);
  });

  test("O-08 a project with a registry, its own or the organization's, serves only what is registered", async () => {
    const a = await post("/v1/projects", { name: "A" });
    const [inA, outside] = [await newKey({ project: a.id }), await newKey()];
    await post("/v1/models", { project: a.id, identifier: "own", provider: "openai" });
    expect(outcome(await chat(inA.token, { model: "own" }))).toBe(200);
    expect(outcome(await chat(inA.token))).toBe("403 model_not_registered");
    expect(outcome(await chat(outside.token))).toBe(200);
    await post("/v1/models", { identifier: "shared", provider: "openai" });
    expect(outcome(await chat(inA.token, { model: "shared" }))).toBe(200);
    expect(outcome(await chat(outside.token))).toBe("403 model_not_registered");
    expect(outcome(await chat(outside.token, { model: "own" }))).toBe("403 model_not_registered");
  });

  test("O-10 a tier stands for its model", async () => {
    const a = await post("/v1/projects", { name: "A" });
    const key = await newKey({ project: a.id, models: { allowed: ["small"] } });
    await post("/v1/models", { project: a.id, identifier: "small", provider: "openai" });
    await post("/v1/models", { project: a.id, identifier: "large", provider: "openai" });
    await post(`/v1/projects/${a.id}/tiers`, { tier: "simple", model: "small" });
    await post(`/v1/projects/${a.id}/tiers`, { tier: "complex", model: "large" });
    expect((await chat(key.token, { model: "tier:simple" })).body.model).toBe("small");
    expect(outcome(await chat(key.token, { model: "tier:complex" }))).toBe("403 model_not_allowed");
    expect(outcome(await chat(key.token, { model: "tier:medium" }))).toBe("422 unknown_reference");
  });

  test("cost is the model's prices times the use, unless the request says it", async () => {
    await post("/v1/models", {
      identifier: "m",
      provider: "openai",
      inputUsdPerMillionTokens: 2,
      outputUsdPerMillionTokens: 10,
      pricingTiers: [{ aboveContextTokens: 1000, inputUsdPerMillionTokens: 4, outputUsdPerMillionTokens: 20 }],
    });
    const key = await newKey();
    const cost = async (body: object) => (await chat(key.token, body)).body.gatehouse.costUsd;
    expect(await cost({ usage: { inputTokens: 1000, outputTokens: 100 } })).toBeCloseTo(0.003, 9);
    expect(await cost({ usage: { inputTokens: 2000, outputTokens: 100 } })).toBeCloseTo(0.01, 9);
    expect(await cost({ usage: { inputTokens: 1000, outputTokens: 100 }, costUsd: 7 })).toBe(7);
  });
});

describe("rates", () => {
  test("F-57 F-58 a key over its requests per minute gets 429 with Retry-After, in a sliding window", async () => {
    const { token } = await newKey({ rates: { requestsPerMinute: 2 } });
    expect(outcome(await chat(token))).toBe(200);
    now = new Date("2026-09-10T10:00:40Z");
    expect(outcome(await chat(token))).toBe(200);
    const over = await chat(token);
    expect([outcome(over), over.headers["retry-after"]]).toEqual(["429 rate_limited", "20"]);
    now = new Date("2026-09-10T10:01:00Z");
    expect(outcome(await chat(token))).toBe(200);
    expect((await chat(token)).headers["retry-after"]).toBe("40");
  });

  test.each([
    ["requestsPerHour", "2026-09-10T10:59:59Z", "2026-09-10T11:00:00Z"],
    ["requestsPerDay", "2026-09-11T09:59:59Z", "2026-09-11T10:00:00Z"],
  ])("%s of a key hold", async (rate, before, after) => {
    const { token } = await newKey({ rates: { [rate]: 1 } });
    await chat(token);
    now = new Date(before);
    expect(outcome(await chat(token))).toBe("429 rate_limited");
    now = new Date(after);
    expect(outcome(await chat(token))).toBe(200);
  });

  test.each([
    ["tokensPerMinute", "2026-09-10T10:00:59Z", "2026-09-10T10:01:00Z"],
    ["tokensPerHour", "2026-09-10T10:59:59Z", "2026-09-10T11:00:00Z"],
    ["tokensPerDay", "2026-09-11T09:59:59Z", "2026-09-11T10:00:00Z"],
  ])("%s of a key hold", async (rate, before, after) => {
    const { token } = await newKey({ rates: { [rate]: 100 } });
    await chat(token, { usage: { inputTokens: 60, outputTokens: 40 } });
    now = new Date(before);
    expect(outcome(await chat(token))).toBe("429 rate_limited");
    now = new Date(after);
    expect(outcome(await chat(token))).toBe(200);
  });

  test("F-27 the requests of all keys of an environment count together", async () => {
    await post("/v1/environment-limits", { environment: "production", requestsPerMinute: 2 });
    const [one, two, other] = [
      await newKey({ environment: "production" }),
      await newKey({ environment: "production" }),
      await newKey({ environment: "staging" }),
    ];
    await chat(one.token);
    await chat(two.token);
    const over = await chat(one.token);
    expect([outcome(over), over.headers["retry-after"]]).toEqual(["429 rate_limited", "60"]);
    expect(outcome(await chat(other.token))).toBe(200);
  });

  test("F-58 the requests of the whole organization count together", async () => {
    await server.api("PATCH", "/v1/organization", { requestsPerMinute: 2 });
    const [one, two] = [await newKey({ environment: "production" }), await newKey()];
    await chat(one.token);
    await chat(two.token);
    expect(outcome(await chat(two.token))).toBe("429 rate_limited");
  });
});

describe("caps", () => {
  test("O-51 a key at its hourly cap is paused until the hour is over", async () => {
    now = new Date("2026-09-10T10:15:00Z");
    const { id, token } = await newKey({ hourlyUsd: 1 });
    const status = async () => (await server.api("GET", `/v1/keys/${id}`)).body.status;
    await chat(token, { costUsd: 0.9 });
    expect(await status()).toBe("active");
    await chat(token, { costUsd: 0.1 });
    expect(await status()).toBe("paused");
    const refused = await chat(token);
    expect([outcome(refused), refused.headers["retry-after"]]).toEqual(["429 circuit_open", "2700"]);
    now = new Date("2026-09-10T11:00:00Z");
    expect(await status()).toBe("active");
    expect(outcome(await chat(token))).toBe(200);
  });

  test("a key at its monthly cap gets 402 until the month is over", async () => {
    const { token } = await newKey({ monthlyUsd: 10 });
    await chat(token, { costUsd: 10 });
    expect(outcome(await chat(token))).toBe("402 cap_reached");
    now = new Date("2026-09-30T23:59:59Z");
    expect(outcome(await chat(token))).toBe("402 cap_reached");
    now = new Date("2026-10-01T00:00:00Z");
    expect(outcome(await chat(token))).toBe(200);
  });

  test("F-28 at the monthly cap every key of the environment gets 402, and no other", async () => {
    await post("/v1/environment-limits", { environment: "production", monthlyUsd: 10 });
    const [one, two, other] = [
      await newKey({ environment: "production" }),
      await newKey({ environment: "production" }),
      await newKey({ environment: "staging" }),
    ];
    await chat(one.token, { costUsd: 4 });
    await chat(two.token, { costUsd: 6 });
    expect([await chat(one.token), await chat(two.token), await chat(other.token)].map(outcome)).toEqual([
      "402 cap_reached",
      "402 cap_reached",
      200,
    ]);
  });

  test("F-29 once reached, a cap lets requests through again only when spend is below 95 % of it", async () => {
    await post("/v1/environment-limits", { environment: "production", monthlyUsd: 100 });
    const { token } = await newKey({ environment: "production" });
    const raise = (monthlyUsd: number) => server.api("PATCH", "/v1/environment-limits/production", { monthlyUsd });
    await chat(token, { costUsd: 100 });
    await raise(105);
    expect(outcome(await chat(token))).toBe("402 cap_reached");
    await raise(105.3);
    expect(outcome(await chat(token))).toBe(200);
    await raise(101);
    expect(outcome(await chat(token, { costUsd: 0.5 }))).toBe(200);
  });

  test("F-29 a cap that was not reached refuses nothing between 95 and 100 %", async () => {
    const { token } = await newKey({ monthlyUsd: 100 });
    await chat(token, { costUsd: 97 });
    expect(outcome(await chat(token))).toBe(200);
  });

  test("a cap of nothing refuses everything", async () => {
    expect(outcome(await chat((await newKey({ monthlyUsd: 0 })).token))).toBe("402 cap_reached");
    expect(outcome(await chat((await newKey({ hourlyUsd: 0 })).token))).toBe("429 circuit_open");
  });
});
