import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { portableNames } from "../../provider/sinks/portable-names.js";

const { written: ofAzure } = portableNames({ around: "a-z", between: "--", word: /^[a-z0-9]+(-[a-z0-9]+)*$/, caseInsensitive: true });
const { written: ofGoogle } = portableNames({ around: "a-z", between: "_", word: /^[A-Za-z0-9-]+$/ });

/** Names that are likely to be written alike: few characters, of every sort. */
const NAME = fc.string({ unit: fc.constantFrom("a", "A", "b", "-", "_", " ", "/", "ü", "1"), minLength: 1, maxLength: 6 });

describe("a name at a vendor that does not take every character", () => {
  it.each(["checkout-prod", "a", "key-2", "1"])("stays as it is where it is taken: %s", (name) => {
    expect(ofAzure(name)).toBe(name);
    expect(ofGoogle(name)).toBe(name);
  });

  it.each([
    ["Checkout prod", /^checkout-prod-[0-9a-f]{12}$/],
    ["checkout_prod", /^checkout-prod-[0-9a-f]{12}$/],
    ["-edge--case-", /^edge-case-[0-9a-f]{12}$/],
    ["ключ", /^[0-9a-f]{12}$/],
  ])("is otherwise the nearest with a fingerprint: %s", (name, written) => {
    expect(ofAzure(name)).toMatch(written);
  });

  it("tells apart by case where the vendor does, and by the fingerprint where it does not", () => {
    expect(ofGoogle("Prod")).toBe("Prod");
    expect(ofAzure("Prod")).toMatch(/^prod-[0-9a-f]{12}$/);
  });

  it("is rewritten when it looks like one that was written", () => {
    const written = ofAzure("Checkout prod");
    expect(ofAzure(written)).not.toBe(written);
  });

  it("is never that of another name", () => {
    fc.assert(fc.property(NAME, NAME, (one, other) => one === other || ofAzure(one) !== ofAzure(other)));
    fc.assert(fc.property(NAME, NAME, (one, other) => one === other || ofGoogle(one) !== ofGoogle(other)));
  });

  it("has only what the vendor takes, so that two hyphens or an underscore can separate names", () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (name) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(ofAzure(name))));
    fc.assert(fc.property(fc.string({ minLength: 1 }), (name) => /^[A-Za-z0-9-]+$/.test(ofGoogle(name))));
  });
});
