import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
let project: string;
beforeEach(async () => {
  server = await startTestServer();
  project = (await server.api("POST", "/v1/projects", { name: "P" })).body.id;
});
afterEach(() => server.close());

const post = (path: string, body: unknown) => server.api("POST", path, body);
const tiers = () => `/v1/projects/${project}/tiers`;

test("an identifier is unique in its registry: a project's, or the organization's", async () => {
  const model = { identifier: "m", provider: "openai" };
  const made = await post("/v1/models", { ...model, project });
  expect(made.body).toMatchObject({ ...model, project, modelId: made.body.id });
  expect((await post("/v1/models", { ...model, project })).body.code).toBe("already_exists");
  const shared = await post("/v1/models", model);
  expect(shared.status).toBe(201);
  expect(shared.body).not.toHaveProperty("project");
  expect((await post("/v1/models", model)).body.code).toBe("already_exists");
  expect((await server.api("PATCH", `/v1/models/${made.body.id}`, { identifier: "n" })).status).toBe(422);
  expect((await post("/v1/models", { ...model, project: "none" })).body.code).toBe("unknown_reference");
});

test("a tier is named by its tier, and found below its project", async () => {
  await post("/v1/models", { project, identifier: "small", provider: "openai" });
  const made = await post(tiers(), { tier: "simple", model: "small" });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ id: "simple", project, tier: "simple", model: "small" });
  expect(made.headers.location).toBe(`${tiers()}/simple`);
  expect((await post(tiers(), { tier: "simple", model: "small" })).body.code).toBe("already_exists");
  expect((await post(tiers(), { project: "another", tier: "medium", model: "small" })).body.errors[0].property).toBe("project");
  expect((await post(tiers(), { project, tier: "medium", model: "small" })).status).toBe(201);
});

test("O-40 a tier names only models registered in its project or the organization", async () => {
  const other = (await post("/v1/projects", { name: "Other" })).body.id;
  await post("/v1/models", { project: other, identifier: "elsewhere", provider: "openai" });
  await post("/v1/models", { identifier: "shared", provider: "openai" });
  for (const body of [
    { tier: "simple", model: "none" },
    { tier: "simple", model: "elsewhere" },
    { tier: "simple", model: "shared", fallbacks: ["none"] },
  ]) {
    const answer = await post(tiers(), body);
    expect([answer.status, answer.body.code]).toEqual([422, "model_not_registered"]);
  }
  expect((await post(tiers(), { tier: "simple", model: "shared" })).status).toBe(201);
  const change = await server.api("PATCH", `${tiers()}/simple`, { fallbacks: ["elsewhere"] });
  expect([change.status, change.body.code, change.body.errors[0].property]).toEqual([422, "model_not_registered", "fallbacks.0"]);
  expect((await post(tiers(), { tier: "medium", model: "shared", fallbacks: ["shared"] })).body.code).toBe("invalid");
});

test("a model that a tier needs is not deleted, unless another one of that identifier serves the tier", async () => {
  const own = (await post("/v1/models", { project, identifier: "m", provider: "openai" })).body.id;
  const fallback = (await post("/v1/models", { project, identifier: "f", provider: "openai" })).body.id;
  await post(tiers(), { tier: "simple", model: "m", fallbacks: ["f"] });
  for (const id of [own, fallback]) {
    const answer = await server.api("DELETE", `/v1/models/${id}`);
    expect([answer.status, answer.body.code]).toEqual([409, "model_in_use"]);
    expect((await server.api("GET", `/v1/models/${id}`)).status).toBe(200);
  }
  await post("/v1/models", { identifier: "m", provider: "anthropic" });
  expect((await server.api("DELETE", `/v1/models/${own}`)).status).toBe(204);
  await server.api("DELETE", `${tiers()}/simple`);
  expect((await server.api("DELETE", `/v1/models/${fallback}`)).status).toBe(204);
});
