import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sharedOut } from "../../provider/promote/shares.js";

const cents = (amount: number) => Math.floor(amount * 100) / 100;
const NAMES = ["a", "b", "c", "d", "e"] as const;

describe("ceilings that are shared out", () => {
  const cases = fc.record({
    caps: fc.tuple(...NAMES.map(() => fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 1, max: 5000 })))),
    ceilings: fc.array(fc.record({ amount: fc.integer({ min: 1, max: 5000 }), over: fc.subarray([...NAMES], { minLength: 1 }) }), {
      maxLength: 6,
    }),
  });

  it("are never exceeded by their parts together, and no part is above what capped it before", () => {
    fc.assert(
      fc.property(cases, ({ caps, ceilings }) => {
        const shares = NAMES.map((name, index) => ({ name, amount: caps[index] ?? 0 }));
        const amounts = sharedOut(shares, ceilings, cents);
        const sum = (over: readonly string[]) => over.reduce((total, name) => total + (amounts.get(name) ?? 0), 0);
        const kept = ceilings.every(({ amount, over }) => sum(over) <= amount + 1e-6);
        const within = shares.every(({ name, amount }) => (amounts.get(name) ?? 0) <= amount);
        return kept && within;
      }),
    );
  });

  it("leave alone what keeps them already", () => {
    const shares = [
      { name: "a", amount: 100 },
      { name: "b", amount: 300 },
    ];
    expect(sharedOut(shares, [{ amount: 400, over: ["a", "b"] }], cents)).toEqual(
      new Map([
        ["a", 100],
        ["b", 300],
      ]),
    );
  });

  it("give what one part does not need to the others", () => {
    const shares = [
      { name: "development", amount: Number.POSITIVE_INFINITY },
      { name: "production", amount: Number.POSITIVE_INFINITY },
    ];
    const ceilings = [
      { amount: 1200, over: ["development", "production"] },
      { amount: 200, over: ["development"] },
    ];
    expect(sharedOut(shares, ceilings, cents)).toEqual(
      new Map([
        ["development", 200],
        ["production", 1000],
      ]),
    );
  });
});
