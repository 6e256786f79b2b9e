import { expect, it } from "vitest";
import { holdingsOf } from "../../provider/gates/holdings.js";
import { factsOf, kept, listed } from "./support/plan.js";

it("a rotated key is one object, with what the key in use shows, and the one that retires beside it is not undeclared", () => {
  const live = [
    listed("ApiKey", "k1", { name: "prod (retiring k1)", status: "active", lastUsedAt: "2026-11-01T00:00:00Z" }),
    listed("ApiKey", "k2", { name: "prod", status: "paused" }),
    listed("ApiKey", "k3", { name: "stray", status: "active" }),
  ];
  const key = kept("ApiKey", "keys/prod", { name: "prod" }, { id: "k1", keyId: "k2", retiring: { keyId: "k1" } });
  const held = holdingsOf(factsOf([key], { live }), "main").of("ApiKey");
  expect(held.map(({ id, values, step }) => [id, values.status, values.lastUsedAt, step?.name])).toEqual([
    ["k1", "paused", undefined, "keys/prod"],
    ["k3", "active", undefined, undefined],
  ]);
});
