import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
let now: Date;
let a: { id: string };
let b: { id: string };
beforeEach(async () => {
  now = new Date("2026-09-10T10:00:00Z");
  server = await startTestServer({ now: () => now });
  a = await post("/v1/projects", { name: "A" });
  b = await post("/v1/projects", { name: "B" });
});
afterEach(() => server.close());

const post = async (path: string, body?: unknown) => (await server.api("POST", path, body)).body;
const newKey = (body: object = {}) => post("/v1/keys", { name: `k${Math.random()}`, ...body });
const newBudget = (body: object = {}) => post("/v1/budgets", { name: "all", amountUsd: 10, period: "month", ...body });
const chat = async (token: string, costUsd = 0) => {
  const { status, body } = await server.api("POST", "/v1/chat/completions", { model: "m", costUsd }, token);
  return status === 200 ? 200 : `${status} ${body.code}`;
};
const events = async () => (await server.api("GET", "/v1/alert-events")).body.items;
const told = async () => (await events()).map((e: Record<string, unknown>) => `${e.name} ${e.event} ${e.value}/${e.threshold}`);

describe("a budget that warns", () => {
  test("refuses nothing and records its thresholds and its amount, once each", async () => {
    await newBudget({ thresholds: [0.5, 0.8], onBreach: "warn" });
    const { token } = await newKey();
    for (const cost of [4, 2, 1, 3.5, 1]) expect(await chat(token, cost)).toBe(200);
    expect(await told()).toEqual(["all budget_exceeded 10.5/10", "all budget_threshold 10.5/8", "all budget_threshold 6/5"]);
  });

  test("is what a budget does that says nothing else", async () => {
    await newBudget();
    const { token } = await newKey();
    expect([await chat(token, 10), await chat(token)]).toEqual([200, 200]);
    expect(await told()).toEqual(["all budget_exceeded 10/10"]);
  });
});

describe("a budget that blocks", () => {
  test("answers 402 at its amount, until the period is over", async () => {
    await newBudget({ onBreach: "block", period: "day" });
    const { token } = await newKey();
    expect([await chat(token, 9.9), await chat(token, 0.1), await chat(token)]).toEqual([200, 200, "402 budget_exceeded"]);
    now = new Date("2026-09-10T23:59:59Z");
    expect(await chat(token)).toBe("402 budget_exceeded");
    now = new Date("2026-09-11T00:00:00Z");
    expect(await chat(token)).toBe(200);
  });

  test("raised a little, lets requests through again only when spend is below 95 % of it", async () => {
    const { id } = await newBudget({ onBreach: "block" });
    const { token } = await newKey();
    await chat(token, 10);
    await server.api("PATCH", `/v1/budgets/${id}`, { amountUsd: 10.4 });
    expect(await chat(token)).toBe("402 budget_exceeded");
    await server.api("PATCH", `/v1/budgets/${id}`, { amountUsd: 10.6 });
    expect(await chat(token)).toBe(200);
  });

  test("that is lowered below what was spent blocks at once and says so", async () => {
    const { id } = await newBudget({ onBreach: "block" });
    const { token } = await newKey();
    await chat(token, 5);
    await server.api("PATCH", `/v1/budgets/${id}`, { amountUsd: 3 });
    expect(await chat(token)).toBe("402 budget_exceeded");
    expect(await told()).toEqual(["all budget_exceeded 5/3"]);
  });

  test.each([
    ["hour", "2026-09-10T10:59:59Z", "2026-09-10T11:00:00Z"],
    ["week", "2026-09-13T23:59:59Z", "2026-09-14T00:00:00Z"],
    ["month", "2026-09-30T23:59:59Z", "2026-10-01T00:00:00Z"],
    ["year", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"],
  ])("for a %s ends with it", async (period, before, after) => {
    await newBudget({ onBreach: "block", period });
    const { token } = await newKey();
    await chat(token, 10);
    now = new Date(before);
    expect(await chat(token)).toBe("402 budget_exceeded");
    now = new Date(after);
    expect(await chat(token)).toBe(200);
  });
});

test("F-46 a budget of a project counts and blocks its requests only, the organization's all", async () => {
  await newBudget({ name: "of a", project: a.id, onBreach: "block", amountUsd: 5 });
  await newBudget({ name: "all", onBreach: "block", amountUsd: 12 });
  const [inA, inB] = [await newKey({ project: a.id }), await newKey({ project: b.id })];
  await chat(inB.token, 6);
  expect(await chat(inA.token, 5)).toBe(200);
  expect([await chat(inA.token), await chat(inB.token, 1)]).toEqual(["402 budget_exceeded", 200]);
  expect(await chat(inB.token)).toBe("402 budget_exceeded");
  expect(await told()).toEqual(["all budget_exceeded 12/12", "of a budget_exceeded 5/5"]);
});

test("F-47 a budget of a project that revokes ends the keys of that project and no others, once", async () => {
  await newBudget({ project: a.id, onBreach: "revoke", amountUsd: 5 });
  const keys = [await newKey({ project: a.id }), await newKey({ project: a.id }), await newKey({ project: b.id }), await newKey()];
  const statuses = () => Promise.all(keys.map(async ({ id }) => (await server.api("GET", `/v1/keys/${id}`)).body.status));
  await chat(keys[0].token, 4.9);
  expect(await statuses()).toEqual(["active", "active", "active", "active"]);
  await chat(keys[0].token, 0.1);
  expect(await statuses()).toEqual(["revoked", "revoked", "active", "active"]);
  expect([await chat(keys[1].token), await chat(keys[2].token, 9)]).toEqual(["401 key_revoked", 200]);
  const after = await newKey({ project: a.id });
  expect([await chat(after.token, 1), await chat(after.token)]).toEqual([200, 200]);
  const { items } = (await server.api("GET", "/v1/audit?limit=20")).body;
  expect(items.filter((e: { action: string }) => e.action === "revoke").map((e: { actor: string }) => e.actor)).toEqual([
    "system",
    "system",
  ]);
});

test("a budget of the organization that revokes ends all keys, one of a team those that carry its label", async () => {
  await newBudget({ name: "blue", team: "blue", onBreach: "revoke", amountUsd: 3 });
  const [blue, red] = [await newKey({ labels: ["blue"] }), await newKey({ labels: ["red"] })];
  await chat(red.token, 5);
  await chat(blue.token, 3);
  expect([await chat(blue.token), await chat(red.token)]).toEqual(["401 key_revoked", 200]);
  await newBudget({ name: "all", onBreach: "revoke", amountUsd: 8 });
  expect([await chat(red.token), await chat(red.token)]).toEqual([200, "401 key_revoked"]);
});

describe("alerts", () => {
  const newAlert = (body: object) => post("/v1/alerts", { name: "a", channel: { webhook: "https://hooks.acme.example/x" }, ...body });

  test("hear of a budget that is used up", async () => {
    await newAlert({ event: "budget_exceeded" });
    await newAlert({ name: "off", event: "budget_exceeded", enabled: false });
    await newBudget();
    await chat((await newKey()).token, 10);
    expect((await events()).map((e: { kind: string; name: string }) => `${e.kind} ${e.name}`)).toEqual(["Alert a", "Budget all"]);
  });

  test("F-49 of a project fire only when that project passes the threshold", async () => {
    await newAlert({ name: "of a", project: a.id, event: "alert_triggered", threshold: 5 });
    await newAlert({ name: "all", event: "alert_triggered", threshold: 8 });
    const [inA, inB] = [await newKey({ project: a.id }), await newKey({ project: b.id })];
    await chat(inB.token, 6);
    expect(await told()).toEqual([]);
    await chat(inA.token, 4);
    expect(await told()).toEqual(["all alert_triggered 10/8"]);
    await chat(inA.token, 1);
    await chat(inA.token, 1);
    expect(await told()).toEqual(["of a alert_triggered 5/5", "all alert_triggered 10/8"]);
    now = new Date("2026-10-01T00:00:00Z");
    await chat(inA.token, 6);
    expect(await told()).toHaveLength(3);
  });

  test("F-49 of a project do not hear of another project's budget", async () => {
    await newAlert({ name: "of a", project: a.id, event: "budget_exceeded" });
    await newBudget({ project: b.id });
    await chat((await newKey({ project: b.id })).token, 10);
    expect(await told()).toEqual(["all budget_exceeded 10/10"]);
  });

  test("events are read by owners and admins only", async () => {
    const member = await post("/v1/members", { user: "kim@acme.example", role: "member" });
    const { code } = await post(`/v1/members/${member.id}/invitation`);
    const { token } = await post("/v1/invitations/accept", { code });
    expect((await server.api("GET", "/v1/alert-events", undefined, token)).status).toBe(403);
    expect((await server.api("GET", "/v1/alert-events", undefined, null)).status).toBe(401);
    expect((await server.api("GET", "/v1/alert-events")).body).toEqual({ items: [], nextCursor: null });
  });
});
