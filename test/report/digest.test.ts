import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeSetDigest } from "../../provider/report/digest.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { created, deleted, factsOf, kept, plane, released, updated } from "../gates/support/plan.js";

const digestOf = (steps: Parameters<typeof factsOf>[0]) => changeSetDigest(factsOf(steps).changes);

const CHECKOUT = created("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout", labels: ["a", "b"] });
const KEY = updated("ApiKey", "keys/a", { name: "a", hourlyUsd: 1 }, { hourlyUsd: 2 });
const GONE = deleted("ApiKey", "keys/b", { name: "b" });
const BASE = digestOf([CHECKOUT, KEY, GONE]);

describe("the digest of a change set", () => {
  it("is 64 hexadecimal digits", () => {
    expect(BASE).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is the same in whatever order the steps and the properties stand", () => {
    const steps = [CHECKOUT, KEY, GONE, plane({ url: "https://one.example" }, { url: "https://two.example" })];
    fc.assert(
      fc.property(fc.shuffledSubarray(steps, { minLength: steps.length }), (shuffled) => {
        expect(digestOf(shuffled)).toBe(digestOf(steps));
      }),
    );
    const turned = created("Project", "projects/checkout", { slug: "checkout", labels: ["a", "b"], name: "Checkout AI" });
    expect(digestOf([turned, KEY, GONE])).toBe(BASE);
  });

  it.each([
    ["another value", [CHECKOUT, updated("ApiKey", "keys/a", { name: "a", hourlyUsd: 1 }, { hourlyUsd: 3 }), GONE]],
    ["a value that is unknown", [CHECKOUT, updated("ApiKey", "keys/a", { name: "a", hourlyUsd: 1 }, { hourlyUsd: UNKNOWN }), GONE]],
    ["another object", [CHECKOUT, updated("ApiKey", "keys/c", { name: "a", hourlyUsd: 1 }, { hourlyUsd: 2 }), GONE]],
    ["another operation", [CHECKOUT, KEY, released("ApiKey", "keys/b", { name: "b" })]],
    ["one object less", [CHECKOUT, KEY]],
    ["another list", [created("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout", labels: ["a"] }), KEY, GONE]],
    ["another address", [CHECKOUT, KEY, GONE, plane({ url: "https://one.example" }, { url: "https://two.example" })]],
  ])("is another one for %s", (_, steps) => {
    expect(digestOf(steps)).not.toBe(BASE);
  });

  it("does not depend on what stays as it is, nor on a secret", () => {
    expect(digestOf([CHECKOUT, KEY, GONE, kept("ApiKey", "keys/d", { name: "d" })])).toBe(BASE);
    const credential = (value: unknown) => digestOf([created("ProviderCredential", "credentials/a", { provider: "openai", value })]);
    expect(credential("a secret of eight")).toBe(credential("[secret]"));
    expect(credential({ env: "GATEHOUSE_A", version: 2 })).not.toBe(credential({ env: "GATEHOUSE_A", version: 1 }));
  });
});
