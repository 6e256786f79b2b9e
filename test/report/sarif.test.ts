import { describe, expect, it } from "vitest";
import { GATES } from "../../provider/gates/index.js";
import { RULES } from "../../provider/policies/rules/index.js";
import { placedGates } from "../../provider/report/placed-gates.js";
import { type SarifInput, sarifOf } from "../../provider/report/sarif.js";

interface Document {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly Record<string, unknown>[];
    },
  ];
}

const NOTHING: SarifInput = {
  violations: [],
  gates: { closed: [], opened: [] },
  rules: RULES,
  everyGate: GATES,
  file: "stacks/gatehouse.yaml",
  version: "1.2.3",
};
const runOf = (input: Partial<SarifInput>) => (sarifOf({ ...NOTHING, ...input }) as Document).runs[0];

const CAP = {
  gate: "cap-raised",
  object: "keys/checkout",
  change: "0123456789abcdef",
  what: "its cap rises ×10",
  advice: "Raise it less.",
};
const place = (file: string, line: number, column = 3) => ({ file, line, column });
const at = (uri: string, startLine: number, startColumn: number) => ({ artifactLocation: { uri }, region: { startLine, startColumn } });

describe("SARIF", () => {
  it("tells what a gate closed, as a finding like those of the guardrails: rule, level, object, place, message, fix", () => {
    const gates = placedGates({ closed: [CAP], opened: [] }, (name) => (name === "keys/checkout" ? place("gatehouse.yaml", 7) : undefined));
    const violation = {
      rule: "keys-expire",
      level: "advisory",
      kind: "ApiKey",
      name: "keys/a",
      message: "never ends",
      fix: "Set it.",
    } as const;
    expect(runOf({ gates, violations: [{ ...violation, position: place("keys.yaml", 2) }] }).results).toEqual([
      {
        ruleId: "keys-expire",
        level: "note",
        message: { text: "never ends" },
        locations: [{ physicalLocation: at("keys.yaml", 2, 3), logicalLocations: [{ fullyQualifiedName: "keys/a", kind: "ApiKey" }] }],
        properties: { fix: "Set it." },
      },
      {
        ruleId: "cap-raised",
        level: "error",
        message: { text: "keys/checkout: its cap rises ×10. Raise it less." },
        locations: [{ physicalLocation: at("gatehouse.yaml", 7, 3), logicalLocations: [{ fullyQualifiedName: "keys/checkout" }] }],
        properties: { fix: "Raise it less." },
      },
    ]);
  });

  it("gives what has no line of its own the file: GitHub refuses the whole document for a finding without one", () => {
    const gates = { closed: [{ ...CAP, object: "members:owner" }], opened: [] };
    const violations = [{ rule: "keys-expire", level: "mandatory", kind: "ApiKey", name: "ofProgram", message: "never ends" }] as const;
    const physical = runOf({ gates, violations }).results.map(
      ({ locations }) => (locations as [{ physicalLocation: unknown }])[0].physicalLocation,
    );
    expect(physical).toEqual([at("stacks/gatehouse.yaml", 1, 1), at("stacks/gatehouse.yaml", 1, 1)]);
  });

  it("marks what an approval opened, or an exception covers, as accepted, with the reason", () => {
    const approval = { gate: CAP.gate, object: CAP.object, change: CAP.change, by: "ada", reason: "load test", until: "2027-01-31" };
    const exception = { reason: "moves soon", until: "2026-12-31" };
    const violation = { rule: "keys-expire", level: "mandatory", kind: "ApiKey", name: "a", message: "b", exception } as const;
    const { results } = runOf({ gates: { closed: [], opened: [{ closed: CAP, approval }] }, violations: [violation] });
    expect(results.map(({ suppressions }) => suppressions)).toEqual([
      [{ kind: "inSource", status: "accepted", justification: "moves soon (until 2026-12-31)" }],
      [{ kind: "inSource", status: "accepted", justification: "load test (approved by ada until 2027-01-31)" }],
    ]);
  });

  it("describes every guardrail and gate, each under a name of its own", () => {
    const ids = runOf({}).tool.driver.rules.map(({ id }) => id);
    expect(ids).toEqual([...RULES, ...GATES].map(({ name }) => name));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
