import { expect, it } from "vitest";
import { singleSignOnOff } from "../../provider/gates/gates/single-sign-on-off.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { created, deleted, listed, updated } from "./support/plan.js";

const policy = (status: unknown) => ({ singleSignOn: { status, protocol: "oidc" } });
const change = (from: string, to: unknown) => ({ steps: [updated("SecurityPolicy", "security", policy(from), policy(to))] });

gateCases(singleSignOnOff, {
  closes: change("required", "off"),
  object: "security",
  what: "single sign-on is required now and would be off",
  passes: {
    "its switching on": change("off", "required"),
    "a gradual one while people move": change("required", "gradual"),
    "one that is off anyway": change("off", "off"),
    "a policy that leaves the stack and stays": { steps: [deleted("SecurityPolicy", "security", policy("required"))] },
  },
  unknown: change("required", UNKNOWN),
});

it("sees that the declaration no longer asks for it", () => {
  const steps = [updated("SecurityPolicy", "security", policy("gradual"), { singleSignOn: undefined })];
  expect(found(singleSignOnOff, { steps })).toMatchObject([{ what: "single sign-on is gradual now and would no longer be declared" }]);
});

it("sees it in a policy that is only taken over now", () => {
  const steps = [created("SecurityPolicy", "security", policy("off"))];
  expect(found(singleSignOnOff, { steps, live: [listed("SecurityPolicy", "it", policy("required"))] })).toHaveLength(1);
  expect(found(singleSignOnOff, { steps })).toEqual([]);
});
