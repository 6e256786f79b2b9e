import { expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { keysExpire } from "../../provider/policies/rules/keys-expire.js";
import { StackView } from "../../provider/policies/stack-view.js";
import { ruleCases, TODAY, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(keysExpire, {
  passes: `
projects:
  checkout:
    name: Checkout
    keys: { checkout-prod: { environment: production, expiresAt: 2027-02-19 }, checkout-dev: { environment: development, expiresAt: 2026-12-01 } }`,
  fails: `projects: { checkout: { name: Checkout, keys: { checkout-prod: { environment: production } } } }`,
  message:
    "ApiKey projects/checkout/keys/checkout-prod (expiresAt) never expires. A key that never ends works for whoever finds it, for as long as it exists. Write `expiresAt: 2027-02-19` or an earlier day, and raise `rotate` before it.",
  unknown: ["projects/checkout/keys/checkout-prod#expiresAt"],
});

const key = (inputs: string, governance = "{}") => `
projects: { checkout: { name: Checkout, keys: { a: ${inputs} } } }
governance: ${governance}`;
const found = (text: string, system = "gatehouse") =>
  judge([keysExpire], viewOf(text, system), { today: TODAY }).map(({ level, property, what }) => [level, property, what]);

it("keys-expire counts the days to the last one that is allowed", () => {
  expect(found(key("{ environment: production, expiresAt: 2027-02-19 }"))).toEqual([]);
  expect(found(key("{ environment: production, expiresAt: 2027-02-20 }"))).toEqual([
    ["mandatory", "expiresAt", "expires on 2027-02-20, more than 90 days from today"],
  ]);
});

it("keys-expire asks no end of a key that rotates by itself within that time", () => {
  expect(found(key("{ environment: production, rotateEvery: 90d, overlap: 24h }"))).toEqual([]);
  expect(found(key("{ environment: production, rotateEvery: 91d, overlap: 24h }"))).toHaveLength(1);
  expect(found(key("{ environment: production, rotate: 3, overlap: 24h }"))).toHaveLength(1);
});

it("keys-expire counts the days that are set, and fewer under the strict preset", () => {
  const inputs = "{ environment: production, expiresAt: 2027-06-01 }";
  expect(found(key(inputs, "{ settings: { keys-expire: { maxDays: 200 } } }"))).toEqual([]);
  expect(found(key("{ environment: production, expiresAt: 2026-12-22 }", "{ preset: strict }"))).toEqual([
    ["mandatory", "expiresAt", "expires on 2026-12-22, more than 30 days from today"],
  ]);
});

it.each(["{ environment: development }", "{ consumer: api }"])(
  "keys-expire only advises for a key that is none of production: %s",
  (inputs) => {
    expect(found(key(inputs))).toEqual([["advisory", "expiresAt", "never expires"]]);
  },
);

it.each(["olyx", "floopy", "routerly", "qodex", "anyint"])(
  "keys-expire only advises an end or a renewal on %s, which ends no key",
  (system) => {
    const live = (inputs: string) => `projects: { live: { name: Live, environment: production, keys: { a: ${inputs} } } }`;
    expect(found(live("{}"), system)).toEqual([
      [
        "advisory",
        "expiresAt",
        "never expires, since its system ends no key by itself, and neither an end nor a renewal of it is declared",
      ],
    ]);
    expect(found(live("{ rotate: 0 }"), system)).toHaveLength(1);
    expect(found(live("{ rotate: 1 }"), system)).toEqual([]);
    expect(found(live("{ rotateEvery: 90d, overlap: 24h }"), system)).toEqual([]);
    expect(found(live("{ rotateEvery: 91d, overlap: 24h }"), system)).toHaveLength(1);
    expect(found(live("{ expiresAt: 2027-02-19 }"), system)).toEqual([]);
    expect(found(live("{ expiresAt: 2027-02-20 }"), system)).toEqual([
      ["advisory", "expiresAt", "expires on 2027-02-20, more than 90 days from today"],
    ]);
    expect(told(keysExpire, viewOf(live("{}"), system))[0]).toContain(
      "Write `expiresAt: 2027-02-19` or an earlier day, and Gatehouse ends it then",
    );
  },
);

it("keys-expire leaves a key alone whose environment is not known, and tells it with the whole stack", () => {
  const view = viewOf("projects: { live: { name: Live, environment: production, keys: { a: {} } } }");
  const alone = view.objects.filter(({ kind }) => kind === "ApiKey");
  expect(told(keysExpire, new StackView(alone))).toEqual([]);
  expect(told(keysExpire, view)).toEqual([expect.stringMatching(/^mandatory: /)]);
});
