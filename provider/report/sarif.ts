import type { Gate } from "../gates/index.js";
import type { Rule } from "../policies/rule.js";
import type { PlacedClosed, PlacedJudgement } from "./placed-gates.js";
import type { Place, ToldViolation } from "./violations.js";

const LEVELS = { advisory: "note", mandatory: "error", remediate: "warning" } as const;

export interface SarifInput {
  readonly violations: readonly ToldViolation[];
  readonly gates: PlacedJudgement;
  readonly rules: readonly Rule[];
  readonly everyGate: readonly Gate[];
  /** File of what has no line of its own: what a program declares, what is no longer declared, what stands for several objects. */
  readonly file: string;
  readonly version: string;
}

/** What a guardrail or a gate found. */
interface Finding {
  readonly rule: string;
  readonly level: ToldViolation["level"];
  readonly kind?: string;
  readonly name: string;
  readonly message: string;
  readonly fix?: string | undefined;
  readonly position?: Place | undefined;
  /** Why it stops nothing. */
  readonly accepted?: string;
}

/**
 * What guardrails and gates found as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code scanning. Every finding
 * stands in a file: GitHub refuses the whole document for one that does not.
 */
export function sarifOf({ violations, gates, rules, everyGate, file, version }: SarifInput): object {
  const findings = [...violations.map(ofGuardrail), ...ofGates(gates)];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "gatehouse",
            version,
            informationUri: "https://www.npmjs.com/package/pulumi-gatehouse",
            rules: [...rules.map(ruleOf), ...everyGate.map((gate) => ruleOf({ ...gate, level: "mandatory" }))],
          },
        },
        results: findings.map((finding) => resultOf(finding, { file, line: 1, column: 1 })),
      },
    ],
  };
}

function ruleOf({ name, title, why, level }: Pick<Rule, "name" | "title" | "why" | "level">): object {
  return {
    id: name,
    shortDescription: { text: title },
    fullDescription: { text: why },
    defaultConfiguration: { level: LEVELS[level] },
  };
}

function ofGuardrail({ exception, ...violation }: ToldViolation): Finding {
  return { ...violation, ...(exception === undefined ? {} : { accepted: `${exception.reason} (until ${exception.until})` }) };
}

function ofGates({ closed, opened }: PlacedJudgement): readonly Finding[] {
  return [
    ...closed.map(ofGate),
    ...opened.map(({ closed: one, approval: { by, reason, until } }) => ({
      ...ofGate(one),
      accepted: `${reason} (approved by ${by} until ${until})`,
    })),
  ];
}

function ofGate({ gate, object, what, advice, position }: PlacedClosed): Finding {
  return { rule: gate, level: "mandatory", name: object, message: `${object}: ${what}. ${advice}`, fix: advice, position };
}

function resultOf({ rule, level, kind, name, message, fix, position, accepted }: Finding, elsewhere: Place): object {
  return {
    ruleId: rule,
    level: LEVELS[level],
    message: { text: message },
    locations: [
      {
        physicalLocation: physical(position ?? elsewhere),
        logicalLocations: [{ fullyQualifiedName: name, ...(kind === undefined ? {} : { kind }) }],
      },
    ],
    ...(fix === undefined ? {} : { properties: { fix } }),
    ...(accepted === undefined ? {} : { suppressions: [{ kind: "inSource", status: "accepted", justification: accepted }] }),
  };
}

function physical({ file, line, column }: Place): object {
  return { artifactLocation: { uri: encodeURI(file.replaceAll("\\", "/")) }, region: { startLine: line, startColumn: column } };
}
