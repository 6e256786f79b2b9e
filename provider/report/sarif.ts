import type { Rule } from "../policies/rule.js";
import type { ToldViolation } from "./violations.js";

const LEVELS = { advisory: "note", mandatory: "error", remediate: "warning" } as const;

/** Findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code scanning. */
export function sarifOf(violations: readonly ToldViolation[], rules: readonly Rule[], version: string): object {
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
            rules: rules.map(ruleOf),
          },
        },
        results: violations.map(resultOf),
      },
    ],
  };
}

function ruleOf({ name, title, why, level }: Rule): object {
  return {
    id: name,
    shortDescription: { text: title },
    fullDescription: { text: why },
    defaultConfiguration: { level: LEVELS[level] },
  };
}

function resultOf({ rule, level, kind, name, message, position, exception }: ToldViolation): object {
  const logicalLocations = [{ fullyQualifiedName: name, kind }];
  const place = position === undefined ? {} : { physicalLocation: physical(position) };
  return {
    ruleId: rule,
    level: LEVELS[level],
    message: { text: message },
    locations: [{ ...place, logicalLocations }],
    ...(exception === undefined
      ? {}
      : { suppressions: [{ kind: "inSource", status: "accepted", justification: `${exception.reason} (until ${exception.until})` }] }),
  };
}

function physical({ file, line, column }: NonNullable<ToldViolation["position"]>): object {
  return { artifactLocation: { uri: file.replaceAll("\\", "/") }, region: { startLine: line, startColumn: column } };
}
