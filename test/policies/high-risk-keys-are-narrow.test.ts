import { expect, it } from "vitest";
import { highRiskKeysAreNarrow } from "../../provider/policies/rules/high-risk-keys-are-narrow.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const stack = (key: string, label = "high-risk") =>
  `projects: { claims: { name: Claims, labels: [${label}], keys: { intake: { environment: development${key} } } } }`;

ruleCases(highRiskKeysAreNarrow, {
  passes: stack(", models: { allowed: [gpt-5-mini] }"),
  fails: stack(""),
  message:
    "ApiKey projects/claims/keys/intake is a key of a high-risk project that any address may use with any model. What reads the most sensitive data must not be callable from anywhere with any model. Write `models:` or `ipAllowList:` on the key.",
  unknown: ["projects/claims#labels"],
});

it("high-risk-keys-are-narrow is content with addresses, waits for what is unknown, and judges other projects in no way", () => {
  expect(told(highRiskKeysAreNarrow, viewOf(stack(", ipAllowList: [203.0.113.0/24]")))).toEqual([]);
  expect(
    told(highRiskKeysAreNarrow, viewOf(stack(", models: { allowed: [a] }"), "gatehouse", ["projects/claims/keys/intake#models"])),
  ).toEqual([]);
  expect(told(highRiskKeysAreNarrow, viewOf(stack("", "customer-facing")))).toEqual([]);
});

it("high-risk-keys-are-narrow asks nothing of a system whose keys cannot be narrowed", () => {
  expect(told(highRiskKeysAreNarrow, viewOf(stack(""), "routerly"))).toEqual([]);
  expect(told(highRiskKeysAreNarrow, viewOf(stack(""), "anyint"))).toHaveLength(1);
});
