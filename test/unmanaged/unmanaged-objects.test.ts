import { describe, expect, it } from "vitest";
import { CHECKOUT, HEAD, key, listed, STACK, unmanagedAmong } from "./support.js";

const keysOf = (...args: Parameters<typeof unmanagedAmong>) => unmanagedAmong(...args).map((object) => object.key);
const inCheckout = { project: "prj_1" };

describe("what nobody declared", () => {
  it("is what the state does not stand for, was not there before anybody, and has not ended", () => {
    const objects = [key("stray"), key("held"), key("retiring"), key("ended", { status: "revoked" }), key("first", {}, { builtIn: true })];
    const held = [{ kind: "ApiKey", name: "keys/held", ids: ["id-of-held", "id-of-retiring"] }];
    expect(keysOf(objects, { held })).toEqual(["stray"]);
  });

  it("is told apart by kind, and by what it is listed below", () => {
    const member = (project: string, id: string) =>
      listed("ProjectMember", id, { user: `${id}@acme.example`, role: "viewer" }, { owner: project });
    const held = [
      { kind: "ProjectMember", name: "projects/checkout/members/a@acme.example", ids: ["prj_1/m1"] },
      { kind: "Model", name: "models/x", ids: ["id-of-x"] },
    ];
    expect(keysOf([member("prj_1", "m1"), member("prj_2", "m1"), key("x")], { held })).toEqual(["x", "m1@acme.example"]);
  });

  it("is not what the plan takes over, or would make under the same name, or removes", () => {
    const objects = [key("adopted"), key("same"), key("gone"), key("stray")];
    const declared = ["adopted", "SAME"].map((name) => ({ kind: "ApiKey", name: `keys/${name}`, inputs: { name: name.toLowerCase() } }));
    const removed = objects.slice(2, 3);
    expect(keysOf(objects, { declared, removed })).toEqual(["stray"]);
  });

  it("comes worst first, then by kind and name", () => {
    const objects = [
      listed("Model", "m", { identifier: "gpt-4", provider: "openai" }),
      listed("OrganizationMember", "v", { user: "val@acme.example", role: "viewer", status: "active" }),
      key("b"),
      key("a"),
      listed("OrganizationMember", "e", { user: "eve@acme.example", role: "owner", status: "active" }),
    ];
    expect(unmanagedAmong(objects).map(({ severity, key: name }) => `${severity} ${name}`)).toEqual([
      "critical eve@acme.example",
      "high a",
      "high b",
      "high val@acme.example",
      "medium gpt-4",
    ]);
  });

  it("says what it belongs to, how old it is, when it was used and in which environment", () => {
    const [found] = unmanagedAmong([
      key("old", { ...inCheckout, environment: "staging", lastUsedAt: "2026-11-01T10:00:00Z" }, { createdAt: "2026-11-01T09:00:00Z" }),
    ]);
    expect(found).toMatchObject({
      owner: "projects.checkout",
      environment: "staging",
      ageDays: 20,
      createdAt: "2026-11-01T09:00:00Z",
      lastUsedAt: "2026-11-01T10:00:00Z",
    });
  });

  it("calls a project that is not declared by its own name", () => {
    const legacy = listed("Project", "prj_2", { name: "Legacy", slug: "legacy" });
    expect(unmanagedAmong([legacy, key("old", { project: "prj_2" })])).toMatchObject([{ key: "old", owner: "legacy" }, { key: "legacy" }]);
  });

  it("shows nothing that looks like a secret, whoever wrote it there", () => {
    const secret = `sk-${"a1B2".repeat(8)}`;
    const named = listed("ApiKey", "k1", { name: `k ${secret}`, status: "active" });
    const found = unmanagedAmong([named, key("told", { description: `with ${secret}` })]);
    expect(JSON.stringify(found)).not.toContain(secret);
    const note = expect.stringContaining("looks like a secret");
    expect(found).toMatchObject([
      { key: "k [secret]", adopt: { note }, ignore: { note }, remove: { note } },
      { key: "told", adopt: { note }, ignore: { line: expect.any(String) } },
    ]);
  });
});

describe("the severity of what nobody declared", () => {
  const severityOf = (...objects: Parameters<typeof unmanagedAmong>[0]) =>
    unmanagedAmong(objects).find(({ key: name }) => name === "x")?.severity;
  const OLD = { createdAt: "2026-01-01T00:00:00Z" };
  const PRODUCTION = listed("Project", "p2", { slug: "p2", environment: "production" });
  const USED = key("used", { lastUsedAt: "2026-11-20T00:00:00Z" });

  it.each([
    ["an active production key", "critical", [key("x", { environment: "production" })]],
    ["an active key of a production project", "critical", [PRODUCTION, key("x", { project: "p2" })]],
    ["an active key of another class", "high", [key("x", { environment: "development" })]],
    ["an active key of no class", "high", [key("x")]],
    ["a key last used 90 days ago", "medium", [key("x", { lastUsedAt: "2026-08-23T23:00:00Z" }, OLD)]],
    ["a key last used 89 days ago", "high", [key("x", { lastUsedAt: "2026-08-24T00:00:00Z" }, OLD)]],
    ["an old key never used, where last use is told", "medium", [USED, key("x", {}, OLD)]],
    ["a new key never used", "high", [USED, key("x", {}, { createdAt: "2026-11-01T00:00:00Z" })]],
    ["an old key of a system that tells no use", "high", [key("x", {}, OLD)]],
    ["an old production key never used", "critical", [USED, key("x", { environment: "production" }, OLD)]],
    ["a paused production key", "medium", [key("x", { environment: "production", status: "paused" })]],
    ["a budget", "medium", [listed("Budget", "b", { name: "x", amountUsd: 5, period: "month" })]],
    ["a model", "medium", [listed("Model", "m", { identifier: "x", provider: "openai" })]],
    ["a custom role", "high", [listed("Role", "r", { name: "x", permissions: ["project:read"] })]],
  ] as const)("of %s is %s", (_, severity, objects) => {
    expect(severityOf(...objects)).toBe(severity);
  });

  it("of a member is critical when the role administers the organization, a custom one too, or only when it is accepted", () => {
    const role = listed("Role", "r", { name: "boss", permissions: ["member:write", "organization:write"] });
    const member = (user: string, as: string, status: string) => listed("OrganizationMember", user, { user, role: as, status });
    const found = unmanagedAmong([
      role,
      member("a", "admin", "active"),
      member("b", "boss", "active"),
      member("c", "owner", "pending"),
      member("d", "owner", "expired"),
      member("e", "viewer", "active"),
    ]);
    const severities = Object.fromEntries(found.map(({ key: name, severity }) => [name, severity]));
    expect(severities).toEqual({ a: "critical", b: "critical", c: "critical", d: "low", e: "high", boss: "high" });
  });
});

describe("what a stack ignores", () => {
  const ignoring = (rule: string) =>
    `${HEAD}keys:\n  $ignore: [{ match: "tmp-*", reason: Known${rule} }]\nprojects:\n  checkout: { name: Checkout AI, keys: { $ignore: [{ match: nightly, reason: Known }] } }\n`;
  const objects = [key("tmp-a"), key("tmp-b", inCheckout), key("nightly"), key("nightly-2", inCheckout)];

  it("is not listed, and a rule reaches into no other collection", () => {
    expect(keysOf([...objects, key("nightly", inCheckout)], { stack: ignoring("") })).toEqual(["nightly", "nightly-2", "tmp-b"]);
  });

  it("comes back on the day after the last one of its rule, and says so", () => {
    expect(keysOf(objects, { stack: ignoring(", until: 2026-11-21") })).not.toContain("tmp-a");
    const back = unmanagedAmong(objects, { stack: ignoring(", until: 2026-11-20") });
    expect(back.map(({ key: name, ignoredUntil }) => [name, ignoredUntil])).toContainEqual(["tmp-a", "2026-11-20"]);
  });

  it("takes along what is in it", () => {
    const stack = STACK.replace("projects:\n", "projects:\n  $ignore: [{ match: sandbox, reason: Everybody's }]\n");
    const sandbox = listed("Project", "prj_9", { name: "Sandbox", slug: "sandbox" });
    expect(keysOf([sandbox, key("toy", { project: "prj_9" })], { stack })).toEqual([]);
    expect(keysOf([CHECKOUT, key("tool", inCheckout)], { stack: stack.replace("sandbox", "checkout") })).toContain("tool");
  });
});
