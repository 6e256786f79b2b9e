import { expect, it } from "vitest";
import { RULES } from "../../provider/policies/rules/index.js";
import { typeToken } from "../../provider/provider-string.js";
import { type PolicyEvent, toldViolations } from "../../provider/report/violations.js";

const rule = RULES.find(({ name }) => name === "production-key-is-locked");
const event: PolicyEvent = {
  enforcementLevel: "mandatory",
  policyName: "production-key-is-locked",
  policyPackName: "gatehouse",
  message: `Production keys are locked.\nApiKey shared (project) is a production key that is not locked to a project. ${rule?.why} Write \`project\`. One each.`,
  resourceUrn: `urn:pulumi:dev::acme::${typeToken("ApiKey")}::shared`,
};

it("A violation of a program says what to write instead, as one of a stack file does", () => {
  expect(toldViolations([], [event], () => undefined)).toEqual([
    {
      rule: "production-key-is-locked",
      level: "mandatory",
      kind: "ApiKey",
      name: "shared",
      property: "project",
      message: event.message.split("\n")[1],
      fix: "Write `project`. One each.",
    },
  ]);
});

it("A violation of somebody else's pack keeps its message, and makes up no advice", () => {
  const [told] = toldViolations([], [{ ...event, policyPackName: "acme", message: "No keys on Fridays.\nSee the wiki." }], () => undefined);
  expect(told).toMatchObject({ rule: "production-key-is-locked", pack: "acme", message: "No keys on Fridays.\nSee the wiki." });
  expect(told).not.toHaveProperty("fix");
});
