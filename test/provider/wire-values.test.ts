import * as rpc from "@pulumi/pulumi/runtime/rpc.js";
import { expect, test } from "vitest";
import { propertiesOf, sanitized } from "../../provider/wire-values.js";
import { KINDS } from "../../schema/kinds/index.js";

test("what the host added to a bag of properties is no property", () => {
  expect(propertiesOf({ name: "Checkout", __provider: "text", __defaults: [] })).toEqual({ name: "Checkout" });
});

test("a result is plain JSON: no undefined, no Date, secrets in the SDK's own envelope, and the provider's text is kept", () => {
  const outputs = {
    name: "billing",
    description: undefined,
    expiresAt: new Date("2027-02-01T00:00:00Z"),
    rates: { a: undefined, b: 1 },
    token: "gh_sk_1",
  };
  expect(sanitized(KINDS.ApiKey, outputs, { __provider: "text" })).toEqual({
    name: "billing",
    expiresAt: "2027-02-01T00:00:00.000Z",
    rates: { b: 1 },
    token: { [rpc.specialSigKey]: rpc.specialSecretSig, value: "gh_sk_1" },
    __provider: "text",
  });
});
