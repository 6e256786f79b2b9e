import { describe, expect, test } from "vitest";
import { chat, makeProject, registerModel, startRouterly } from "../support/routerly.js";
import type { TestServer } from "../support/start-server.js";

const calls = (value: unknown) => ({ metric: "calls", windowType: "period", period: "daily", value });

async function statuses(server: TestServer, token: string, times: number): Promise<number[]> {
  const seen: number[] = [];
  for (let count = 0; count < times; count++) seen.push((await chat(server, token)).status);
  return seen;
}

async function override(server: TestServer, project: { id: string; tokenId: string }, models: unknown): Promise<void> {
  await server.api("PUT", `/api/projects/${project.id}/tokens/${project.tokenId}`, { models });
}

describe("limits", () => {
  test("R-41 R-56 a reached limit answers 500 all_models_limits_exceeded; at usage equal to the value, so 0 blocks all", async () => {
    await using server = await startRouterly();
    await registerModel(server, "m", { limits: [calls(2)] });
    await registerModel(server, "shut", { limits: [calls(0)] });
    await registerModel(server, "open", { limits: [calls("two")] });
    const { token } = await makeProject(server, "P", ["m"]);
    expect(await statuses(server, token, 2)).toEqual([200, 200]);
    const blocked = await chat(server, token);
    expect([blocked.status, blocked.body]).toEqual([
      500,
      { error: { message: "Routing model failed: all_models_limits_exceeded", type: "server_error" } },
    ]);
    const shut = await makeProject(server, "Shut", ["shut"]);
    expect((await chat(server, shut.token)).status).toBe(500);
    const open = await makeProject(server, "Open", ["open"]);
    expect((await chat(server, open.token)).status).toBe(200);
  });

  test("R-17 usage is that of project and model, not of the token: a new token is blocked by what the project used", async () => {
    await using server = await startRouterly();
    await registerModel(server, "m", { limits: [calls(2)] });
    const one = await makeProject(server, "One", ["m"]);
    const two = await makeProject(server, "Two", ["m"]);
    expect(await statuses(server, one.token, 3)).toEqual([200, 200, 500]);
    const fresh = await server.api("POST", `/api/projects/${one.id}/tokens`, {});
    expect((await chat(server, fresh.body.token)).status).toBe(500);
    expect((await chat(server, two.token)).status).toBe(200);
  });

  test("R-18 replace: the token's limits stand instead of the inherited ones", async () => {
    await using server = await startRouterly();
    await registerModel(server, "m", { limits: [calls(1)] });
    const project = await makeProject(server, "P", ["m"]);
    await override(server, project, [{ modelId: "m", limitsMode: "replace", limits: [calls(3)] }]);
    expect(await statuses(server, project.token, 4)).toEqual([200, 200, 200, 500]);
  });

  test("R-19 extend: own and inherited limits must all hold", async () => {
    await using server = await startRouterly();
    await registerModel(server, "m", { limits: [calls(1)] });
    const project = await makeProject(server, "P", ["m"]);
    await override(server, project, [{ modelId: "m", limitsMode: "extend", limits: [calls(3)] }]);
    expect(await statuses(server, project.token, 2)).toEqual([200, 500]);
    await server.api("PUT", "/api/models/m", { provider: "openai", limits: [calls(9)] });
    expect(await statuses(server, project.token, 3)).toEqual([200, 200, 500]);
  });

  test("R-20 disable: no limits at all, and none need be given", async () => {
    await using server = await startRouterly();
    await registerModel(server, "m", { limits: [calls(0)] });
    const project = await makeProject(server, "P", ["m"]);
    await override(server, project, [{ modelId: "m", limitsMode: "disable" }]);
    expect(await statuses(server, project.token, 2)).toEqual([200, 200]);
  });

  test("R-21 replace and extend without limits act as if absent", async () => {
    await using server = await startRouterly();
    await registerModel(server, "m", { limits: [calls(0)] });
    const project = await makeProject(server, "P", ["m"]);
    for (const limitsMode of ["replace", "extend"]) {
      await override(server, project, [{ modelId: "m", limitsMode }]);
      expect((await chat(server, project.token)).status).toBe(500);
    }
  });

  test("windows: a rolling one looks back from now, a period starts anew; cost is in dollars", async () => {
    let now = new Date(2026, 10, 21, 23, 30).getTime();
    await using server = await startRouterly({ now: () => new Date(now) });
    await registerModel(server, "rolling", {
      limits: [{ metric: "calls", windowType: "rolling", rollingAmount: 1, rollingUnit: "hour", value: 1 }],
    });
    await registerModel(server, "cost", { limits: [{ metric: "cost", windowType: "period", period: "daily", value: 1 }] });
    const rolling = await makeProject(server, "R", ["rolling"]);
    const cost = await makeProject(server, "C", ["cost"]);
    expect((await chat(server, rolling.token)).status).toBe(200);
    expect((await chat(server, cost.token, { usage: { inputTokens: 1_000_000, outputTokens: 0 } })).status).toBe(200);
    expect((await chat(server, cost.token)).status).toBe(500);
    now += 45 * 60_000;
    expect((await chat(server, cost.token)).status).toBe(200);
    expect((await chat(server, rolling.token)).status).toBe(500);
    now += 16 * 60_000;
    expect((await chat(server, rolling.token)).status).toBe(200);
  });
});

describe("routing", () => {
  test("R-08 R-34 only assigned models answer; with none that is registered the call fails", async () => {
    await using server = await startRouterly();
    await registerModel(server, "mine");
    await registerModel(server, "other");
    const { token } = await makeProject(server, "P", ["mine", "dangling"]);
    for (let count = 0; count < 5; count++) expect((await chat(server, token, { model: "other" })).body.model).toBe("mine");
    await server.api("DELETE", "/api/models/mine");
    const failed = await chat(server, token);
    expect([failed.status, failed.body.error.message]).toEqual([500, "Routing model failed: no_models_available"]);
  });

  test("R-10 R-29 without policies, or when all abstain, chance decides and not the order", async () => {
    await using server = await startRouterly();
    await registerModel(server, "a");
    await registerModel(server, "b");
    const { token } = await makeProject(server, "P", ["a", "b"], { policies: [{ type: "cheapest", enabled: true }] });
    const seen = new Set<string>();
    for (let count = 0; count < 60; count++) seen.add((await chat(server, token)).body.model);
    expect([...seen].toSorted()).toEqual(["a", "b"]);
  });

  test("R-28 the first policy weighs most, and disabled and unknown ones are skipped", async () => {
    await using server = await startRouterly();
    await registerModel(server, "cheap", { inputPerMillion: 0, outputPerMillion: 0, contextWindow: 30 });
    await registerModel(server, "dear", { inputPerMillion: 5, outputPerMillion: 5, contextWindow: 100_000 });
    const on = (type: string) => ({ type, enabled: true });
    const text = "x".repeat(70);
    const chosen = async (name: string, policies: unknown[]) => {
      const { token } = await makeProject(server, name, ["cheap", "dear"], { policies });
      return (await chat(server, token, { messages: [{ role: "user", content: text }] })).body.model;
    };
    expect(await chosen("one", [on("made-up"), on("cheapest"), { type: "context", enabled: false }])).toBe("cheap");
    expect(await chosen("two", [on("cheapest"), on("context")])).toBe("cheap");
    expect(await chosen("three", [on("context"), on("context"), on("context"), on("cheapest")])).toBe("dear");
  });

  test("R-29 a single valid candidate bypasses all policies", async () => {
    await using server = await startRouterly();
    await registerModel(server, "blind", { capabilities: { vision: false } });
    const { token } = await makeProject(server, "P", ["blind"], { policies: [{ type: "capability", enabled: true }] });
    const image = { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:" } }] }] };
    expect((await chat(server, token, image)).status).toBe(200);
  });

  test("R-58 policies that exclude every candidate make the call fail", async () => {
    await using server = await startRouterly();
    for (const id of ["a", "b"]) await registerModel(server, id, { capabilities: { vision: false } });
    const { token } = await makeProject(server, "P", ["a", "b"], { policies: [{ type: "capability", enabled: true }] });
    const image = { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:" } }] }] };
    const failed = await chat(server, token, image);
    expect([failed.status, failed.body.error.message]).toEqual([500, "Routing model failed: all_models_excluded_by_policies"]);
    expect((await chat(server, token)).status).toBe(200);
  });

  test("R-42 R-57 a provider that cannot be called answers 503, though its model was accepted", async () => {
    await using server = await startRouterly();
    expect((await registerModel(server, "m", { provider: "mistral" })).status).toBe(201);
    const { token } = await makeProject(server, "P", ["m"]);
    expect((await chat(server, token)).status).toBe(503);
  });
});
