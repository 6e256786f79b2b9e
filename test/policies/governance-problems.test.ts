/** The rules of the house against the guardrails and gates that there are: in a stack file, and by the provider for programs. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { targetAt } from "../../provider/cli/target.js";
import { governanceProblems } from "../../provider/governance-problems.js";
import { StackProblems } from "../../provider/stackfile/index.js";
import { UNKNOWN } from "../../schema/unknown.js";

/** Problems of a stack file with these lines under `governance`, without the file's name. */
function problemsOf(governance: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "house-"));
  try {
    const file = join(folder, "gatehouse.yaml");
    writeFileSync(file, `name: acme\ncontrolPlane: { system: gatehouse }\ngovernance:\n${governance}`);
    targetAt(file);
    return [];
  } catch (error) {
    if (!(error instanceof StackProblems)) throw error;
    return error.problems.map(({ position, path, message }) => `${position.line}:${position.column}: ${path} ${message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("gatehouse validate, against the guardrails and gates", () => {
  it("refuses guardrails, settings and gates that there are none of, and values of another type, each at its place", () => {
    expect(
      problemsOf(`  settings:
    administrators-are-few: { maximum: many, requierd: [ada@acme.example] }
    exceptions-are-in-force: { maxDays: long }
    keys-expires: advisory
    production-key-is-locked: { maxDays: 3 }
  exceptions:
    - { rule: no-such-rule, object: keys/a, reason: nobody checks the name, until: 2027-01-31 }
    - { rule: exceptions-are-in-force, object: governance, reason: excepts itself for ever, until: 2027-01-31 }
  approvals:
    - { gate: cap-raise, object: keys/a, change: 0123456789ab, by: ada@acme.example, reason: nobody checks the name, until: 2027-01-31 }
`),
    ).toEqual([
      "5:40: governance.settings.administrators-are-few.maximum is a text, and must be a whole number of 1 or more",
      "5:56: governance.settings.administrators-are-few.requierd is no setting of administrators-are-few: did you mean `required`?",
      "6:41: governance.settings.exceptions-are-in-force.maxDays is a text, and must be a whole number from 1 to 36500",
      "7:19: governance.settings.keys-expires is no guardrail: did you mean `keys-expire`?",
      "8:42: governance.settings.production-key-is-locked.maxDays is no setting of production-key-is-locked: it may be enforcementLevel",
      "10:15: governance.exceptions.0.rule is no guardrail that can have an exception: the README lists them",
      "11:15: governance.exceptions.1.rule is no guardrail that can have an exception: the README lists them",
      "13:15: governance.approvals.0.gate is no gate: did you mean `cap-raised`?",
    ]);
  });

  it("has nothing against what there is", () => {
    expect(
      problemsOf(`  settings: { keys-expire: { enforcementLevel: advisory, maxDays: 30 }, least-privilege: disabled }
  exceptions: [{ rule: keys-expire, object: keys/a, reason: the vendor has no renewal, until: 2027-01-31 }]
  approvals:
    - { gate: cap-raised, object: keys/a, change: 0123456789ab, by: ada@acme.example, reason: the load doubles in May, until: 2027-01-31 }
`),
    ).toEqual([]);
  });
});

it("a program's Governance is held to the same, as far as it is known", () => {
  const governance = {
    settings: { "keys-expire": { maxDays: UNKNOWN }, "administrators-are-few": { maximum: "many" }, "keys-expires": UNKNOWN },
    exceptions: [{ rule: UNKNOWN }, { rule: "keys-expiry" }],
    approvals: UNKNOWN,
  };
  expect(governanceProblems(governance)).toEqual([
    { property: "settings.keys-expires", reason: "is no guardrail: did you mean `keys-expire`?" },
    { property: "settings.administrators-are-few.maximum", reason: "is a text, and must be a whole number of 1 or more" },
    { property: "exceptions.1.rule", reason: "is no guardrail that can have an exception: did you mean `keys-expire`?" },
  ]);
  expect(governanceProblems({ settings: UNKNOWN, exceptions: UNKNOWN })).toEqual([]);
});
