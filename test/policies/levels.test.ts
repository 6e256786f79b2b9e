/** Which level a violation is told at: by the rule, the preset of the house, and a level of the house's own. */
import { describe, expect, it } from "vitest";
import { judge } from "../../provider/policies/judge.js";
import { RULES } from "../../provider/policies/rules/index.js";
import { TODAY } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const levels = (name: string, text: string, governance: string, system = "gatehouse") =>
  judge(
    RULES.filter((rule) => rule.name === name),
    viewOf(`${text}\ngovernance: ${governance}`, system),
    { today: TODAY },
  ).map(({ level }) => level);

/** What is advice under the preset `recommended`, of rules that are mandatory. */
const MILD: readonly (readonly [string, string, string])[] = [
  ["a development key that never expires", "keys-expire", "projects: { p: { name: P, keys: { a: { environment: development } } } }"],
  ["one administrator", "administrators-are-few", "members: { ada@acme.example: owner }"],
  [
    "production without a rate limit",
    "production-is-capped",
    "projects: { p: { name: P, keys: { a: { environment: production, hourlyUsd: 1 } } } }",
  ],
];

describe.each(MILD)("%s", (_what, rule, text) => {
  it.each([
    ["advice under the preset recommended", "{}", "advisory"],
    ["advice where everything is", "{ preset: audit-only }", "advisory"],
    ["a violation under the preset strict", "{ preset: strict }", "mandatory"],
    ["a violation where the house makes the rule mandatory", `{ settings: { ${rule}: mandatory } }`, "mandatory"],
    ["advice where a strict house makes the rule advisory", `{ preset: strict, settings: { ${rule}: advisory } }`, "advisory"],
    ["a violation where the house says both", `{ preset: strict, settings: { ${rule}: { enforcementLevel: mandatory } } }`, "mandatory"],
  ])("is %s", (_level, governance, level) => {
    expect(levels(rule, text, governance)).toEqual([level]);
  });
});

it.each([
  ["a key whose system ends none", "keys-expire", "projects: { p: { name: P, environment: production, keys: { a: {} } } }", "floopy"],
  [
    "a plan that is exceeded by an object nobody declares",
    "plan-quota",
    "organization: { plan: starter }\nprojects: { a: { name: A }, b: { name: B }, c: { name: C } }",
    "floopy",
  ],
])("%s is advice even under the preset strict, since nothing that could be written would end it", (_what, rule, text, system) => {
  expect(levels(rule, text, "{ preset: strict }", system)).toEqual(["advisory"]);
});

it("settings that only an apply will know count as not written: the house's level and the rule's default stand", () => {
  const text = "projects: { p: { name: P, keys: { a: { environment: production, expiresAt: 2027-06-30 } } } }";
  const judged = (governance: string, unknown: string) =>
    judge(
      RULES.filter(({ name }) => name === "keys-expire"),
      viewOf(`${text}\ngovernance: ${governance}`, "gatehouse", [unknown]),
      { today: TODAY },
    ).map(({ level }) => level);
  expect(judged("{ settings: { keys-expire: { maxDays: 365 } } }", "governance#settings.keys-expire.maxDays")).toEqual(["mandatory"]);
  expect(judged("{ settings: { keys-expire: advisory } }", "governance#settings.keys-expire")).toEqual(["mandatory"]);
  expect(
    judged(
      "{ exceptions: [{ rule: keys-expire, object: projects/p/keys/a, reason: the vendor has none, until: 2026-12-31 }] }",
      "governance#exceptions.0.until",
    ),
  ).toEqual(["mandatory"]);
});
