import { describe, expect, it } from "vitest";
import { HEAD, startScenario } from "./scenario.js";

const STACK = `${HEAD}organization: { name: Acme }
environmentLimits: { production: { monthlyUsd: 5 } }
projects:
  checkout:
    name: Checkout AI
    keys: { billing: { monthlyUsd: 5 } }
`;

describe("a bad network", { timeout: 120_000 }, () => {
  it("is not noticed: nothing is doubled, nothing is lost, and no key is left in use that nobody knows", async () => {
    await using scenario = await startScenario(STACK);
    const { proxy } = scenario;
    proxy.failNext({ kind: "status", status: 500, body: { code: "internal" } }, { method: "GET", path: "/v1/organization" });
    proxy.failNext({ kind: "half-json" }, { method: "GET", path: "/v1/me" });
    proxy.failNext({ kind: "close-before" }, { method: "PATCH", path: "/v1/organization" });
    proxy.failNext({ kind: "html", status: 502 }, { method: "POST", path: "/v1/environment-limits" });
    proxy.failNext({ kind: "status", status: 429, headers: { "retry-after": "1" } }, { method: "POST", path: "/v1/projects" });
    proxy.failNext({ kind: "close-after" }, { method: "POST", path: "/v1/projects" });
    proxy.failNext({ kind: "close-after" }, { method: "POST", path: "/v1/keys" });
    await scenario.up();

    expect((await scenario.server.api("GET", "/v1/organization")).body.name).toBe("Acme");
    expect(await scenario.objects("/v1/environment-limits")).toHaveLength(1);
    expect((await scenario.objects("/v1/projects")).map(({ slug }) => slug)).toEqual(["default", "checkout"]);
    const inUse = (await scenario.objects("/v1/keys")).filter(({ status }) => status === "active");
    expect(inUse).toMatchObject([{ name: "billing" }]);
    const token = await scenario.tokenOf("billing");
    expect((await scenario.server.api("POST", "/v1/chat/completions", { model: "any" }, token)).status).toBe(200);
    expect((await scenario.run("preview", ["--expect-no-changes"])).exitCode).toBe(0);
  });

  it("that fails for good in the middle of a run is told, and the next run goes on where it ended", async () => {
    await using scenario = await startScenario(STACK.replace("    keys:", "    description: First.\n    keys:"));
    for (let n = 0; n < 5; n++) scenario.proxy.failNext({ kind: "close-before" }, { method: "POST", path: "/v1/keys" });
    const up = await scenario.run("up", ["--yes", "--json"]);
    expect(up.exitCode).toBe(1);
    const { failures } = up.json<{ failures: { name: string; message: string }[] }>();
    expect(failures).toMatchObject([
      { name: "projects/checkout/keys/billing", message: expect.stringContaining("connection was closed before the answer was whole") },
    ]);
    expect(await scenario.objects("/v1/keys")).toEqual([]);
    const project = await scenario.object("/v1/projects", "slug", "checkout");

    const again = await scenario.up("--json");
    expect(again.json<{ changes: object[] }>().changes).toContainEqual(expect.objectContaining({ operation: "create", kind: "ApiKey" }));
    expect((await scenario.object("/v1/projects", "slug", "checkout")).id).toBe(project.id);
    expect(await scenario.objects("/v1/keys")).toMatchObject([{ name: "billing", status: "active" }]);
  });
});
