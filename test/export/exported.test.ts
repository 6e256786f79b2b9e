import { describe, expect, test } from "vitest";
import { adapterOf } from "../../provider/adapters/index.js";
import { exportedObjects } from "../../provider/export/exported.js";
import type { Listed } from "../../provider/export/left-out.js";
import { key, listed, model, project } from "./listed.js";

const TODAY = "2026-11-21";

const exported = (...all: readonly Listed[]) => exportedObjects(adapterOf("gatehouse"), all, { today: TODAY });
const paths = (...all: readonly Listed[]) => exported(...all).objects.map(({ entry }) => entry.path.join("/"));
const reasons = (...all: readonly Listed[]) => Object.fromEntries(exported(...all).leftOut.map(({ remote, why }) => [remote.id, why]));

describe("what is there as entries of one stack", () => {
  test("stands below what it belongs to, by the key of that", () => {
    const tier = listed("RoutingTier", "simple", { tier: "simple", model: "m" }, { owner: "p1" });
    expect(paths(project("p1", "a"), model("m1", "m", { project: "p1" }), tier, key("k1", "ci", { project: "p1" }))).toEqual([
      "projects/a",
      "projects/a/models/m",
      "projects/a/routing/tiers/simple",
      "projects/a/keys/ci",
    ]);
  });

  test("gets keys that siblings do not share, be it only by case, since files may not tell cases apart", () => {
    expect(paths(key("k1", "?"), key("k2", "a b!"), key("k3", "a/b"), key("k4", "A-B"))).toEqual([
      "keys/api-key",
      "keys/a-b",
      "keys/a-b-2",
      "keys/A-B-3",
    ]);
  });

  test("gives every secret a variable of its own", () => {
    const credential = (id: string, name: string) => listed("ProviderCredential", id, { name, provider: "openai" });
    const { objects } = exported(credential("c1", "open ai"), credential("c2", "open.ai"));
    expect(objects.flatMap(({ entry }) => entry.secrets.map(({ variable }) => variable))).toEqual([
      "GATEHOUSE_OPEN_AI_VALUE",
      "GATEHOUSE_OPEN_AI_VALUE_2",
    ]);
  });
});

describe("what is left out", () => {
  test("is what has ended, and its name is free", () => {
    const over = key("k1", "ci", { status: "revoked" });
    expect(reasons(over, key("k2", "ci"))).toEqual({ k1: "is revoked, which is for good" });
    expect(paths(over, key("k2", "ci"))).toEqual(["keys/ci"]);
    const member = (until: string) => listed("OrganizationMember", until, { user: `${until}@a.example`, role: "viewer", expiresAt: until });
    expect(reasons(member("2026-11-21"), member("2026-11-22"))).toEqual({ "2026-11-21": "ended on 2026-11-21" });
  });

  test("is what no declaration can tell apart", () => {
    expect(reasons(key("k1", "ci"), key("k2", "ci"))).toEqual({
      k1: expect.stringContaining("has the same name as k2"),
      k2: expect.stringContaining("has the same name as k1"),
    });
    const policy = (id: string, name: string) => listed("RoutingPolicy", id, { name, project: "p1", policies: [{ type: "health" }] });
    expect(reasons(project("p1", "a"), policy("r1", "one"), policy("r2", "two"))).toEqual({
      r1: expect.stringContaining("would stand at the one place"),
      r2: expect.stringContaining("would stand at the one place"),
    });
  });

  test("takes with it what belongs to it or must refer to it, however far that goes", () => {
    const bad = project("p1", "a", { name: "n".repeat(200) });
    const tier = listed("RoutingTier", "simple", { tier: "simple", model: "m" }, { owner: "p1" });
    const all = [bad, model("m1", "m", { project: "p1" }), tier, key("k1", "other")];
    expect(paths(...all)).toEqual(["keys/other"]);
    expect(reasons(...all)).toEqual({
      p1: expect.stringContaining("cannot be declared as it is: name"),
      m1: expect.stringContaining("project"),
      simple: expect.stringContaining("project"),
    });
  });
});
