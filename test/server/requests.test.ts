import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/start-server.js";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe("problem documents", () => {
  test("have type, title, status, code, detail, instance and the request id of the header", async () => {
    const answer = await server.api("GET", "/v1/projects/none?x=1");
    expect(answer.status).toBe(404);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.body).toEqual({
      type: "urn:gatehouse:problem:not_found",
      title: "Not Found",
      status: 404,
      code: "not_found",
      detail: 'there is no Project "none"',
      instance: "/v1/projects/none",
      requestId: answer.headers["x-request-id"],
    });
  });

  test("F-69 an unknown route is never mistaken for a gone object", async () => {
    for (const [method, path] of [
      ["GET", "/v1/nothing"],
      ["DELETE", "/v1/organization"],
      ["GET", "/"],
      ["PUT", "/v1/projects/x"],
    ] as const) {
      const answer = await server.api(method, path);
      expect([answer.status, answer.body.code]).toEqual([404, "no_such_route"]);
    }
  });

  test("a body that is no JSON is 400 malformed_json", async () => {
    const answer = await server.api("POST", "/v1/projects", "{ no json");
    expect([answer.status, answer.body.code]).toEqual([400, "malformed_json"]);
  });

  test("a body that is no object is 422", async () => {
    const answer = await server.api("POST", "/v1/projects", "[1]");
    expect([answer.status, answer.body.code]).toEqual([422, "invalid"]);
  });

  test("a body that poisons prototypes is refused", async () => {
    const answer = await server.api("POST", "/v1/projects", '{"name":"p","__proto__":{"x":1}}');
    expect(answer.status).toBe(400);
  });

  test("a body above 1 MB is 413", async () => {
    const answer = await server.api("POST", "/v1/projects", { name: "x".repeat(1024 * 1024) });
    expect([answer.status, answer.body.code]).toEqual([413, "too_large"]);
  });

  test("another content type is 415", async () => {
    const answer = await server.api("POST", "/v1/projects", "name=x", undefined, { "content-type": "application/x-www-form-urlencoded" });
    expect([answer.status, answer.body.code]).toEqual([415, "unsupported_media_type"]);
  });

  test("every answer carries a request id, another one each time", async () => {
    const ids = [await server.api("GET", "/healthz"), await server.api("GET", "/v1/projects"), await server.api("GET", "/nothing")].map(
      (a) => a.headers["x-request-id"],
    );
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("tokens", () => {
  test("a missing, unknown or key token is 401 at every management route", async () => {
    const key = await server.api("POST", "/v1/keys", { name: "not-for-management" });
    for (const path of [
      "/v1/organization",
      "/v1/members",
      "/v1/projects",
      "/v1/environment-limits",
      "/v1/models",
      "/v1/keys",
      "/v1/me",
      "/v1/me/tokens",
      "/v1/audit",
    ]) {
      for (const token of [null, "gh_mt_wrong", key.body.token]) {
        const answer = await server.api("GET", path, undefined, token);
        expect([path, answer.status, answer.body.code]).toEqual([path, 401, "unauthorized"]);
      }
    }
  });

  test("a write without a token changes nothing", async () => {
    const before = (await server.api("GET", "/v1/projects")).body.items.length;
    expect((await server.api("POST", "/v1/projects", { name: "Nobody" }, null)).status).toBe(401);
    expect((await server.api("GET", "/v1/projects")).body.items).toHaveLength(before);
  });
});

test("the server listens on the loopback address only", () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test("a request in flight is finished before the server closes", async () => {
  const own = await startTestServer();
  const body = JSON.stringify({ name: "In flight" });
  const socket = connect(own.port, "127.0.0.1");
  const head = `POST /v1/projects HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${own.token}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nexpect: 100-continue\r\n\r\n`;
  const received: string[] = [];
  const ended = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  const accepted = new Promise<void>((resolve) => {
    socket.on("data", (chunk) => {
      received.push(chunk.toString());
      resolve();
    });
  });
  socket.write(head);
  await accepted;
  const closed = own.close();
  socket.write(body);
  await Promise.all([closed, ended]);
  expect(received.join("")).toContain("HTTP/1.1 201");
});
