import { expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { keysHaveAnHourlyCap } from "../../provider/policies/rules/keys-have-an-hourly-cap.js";
import { StackView } from "../../provider/policies/stack-view.js";
import { ruleCases, TODAY, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(keysHaveAnHourlyCap, {
  passes: `
projects:
  checkout: { name: Checkout, launch: { workload: chat }, keys: { checkout-prod: { environment: production, hourlyUsd: 25 } } }`,
  fails: `projects: { checkout: { name: Checkout, launch: { workload: chat }, keys: { checkout-prod: { environment: production } } } }`,
  message:
    "ApiKey projects/checkout/keys/checkout-prod (hourlyUsd) is user-facing and has no hourly cap. An hourly cap stops a loop or an abuse within the hour; a monthly one stops it when the month is spent. Write `hourlyUsd: 25`, a few times what a busy hour costs.",
  unknown: ["projects/checkout/keys/checkout-prod#hourlyUsd"],
});

const reason = (text: string, system = "olyx") =>
  judge([keysHaveAnHourlyCap], viewOf(text, system), { today: TODAY }).map(({ what, level }) => `${level}: ${what}`);

it("keys-have-an-hourly-cap says why a key needs one", () => {
  expect(reason("projects: { lab: { name: Lab, labels: [experimental], keys: { a: {} } } }")).toEqual([
    "advisory: is experimental and has no hourly cap",
  ]);
  expect(reason("projects: { shop: { name: Shop, keys: { a: { consumer: shop-web } } } }")).toEqual([
    "advisory: is user-facing and has no hourly cap",
  ]);
  expect(reason("projects: { shop: { name: Shop, keys: { a: { consumer: indexer } } } }")).toEqual([
    "advisory: is new and has no hourly cap",
  ]);
});

it("keys-have-an-hourly-cap lets a key be that is neither new, nor experimental, nor user-facing", () => {
  const view = viewOf("projects: { shop: { name: Shop, keys: { a: { consumer: indexer } } } }", "olyx");
  const made = new StackView(view.objects.map((object) => ({ ...object, outputs: { keyId: "k1" } })));
  expect(told(keysHaveAnHourlyCap, made)).toEqual([]);
});

it.each(["floopy", "routerly", "qodex", "anyint"])("keys-have-an-hourly-cap asks for none on %s, which has none", (system) => {
  expect(reason("projects: { shop: { name: Shop, keys: { a: { environment: other, consumer: web } } } }", system)).toEqual([]);
});
