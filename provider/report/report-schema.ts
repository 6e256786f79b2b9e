import { SECTIONS, SEVERITIES, VERDICTS } from "./report.js";

const texts = { type: "array", items: { type: "string" } } as const;
const record = <Properties extends object>(required: readonly string[], properties: Properties, description?: string) =>
  ({ ...(description === undefined ? {} : { description }), type: "object", additionalProperties: false, required, properties }) as const;
const count = { type: "integer", minimum: 0 } as const;
const position = { type: "integer", minimum: 1 } as const;
const operation = { enum: ["create", "adopt", "update", "replace", "delete", "release"] } as const;
const operations = Object.fromEntries(operation.enum.map((name) => [name, count]));

const value = record(["property"], {
  property: { type: "string", description: "Dotted path of the property." },
  before: { description: "Absent when there was none. `[secret]` for a secret." },
  after: {
    description: "Absent when there will be none. `(known after apply)` for what only the apply will know, `[secret]` for a secret.",
  },
});

const line = record(["section", "severity", "text", "values", "details"], {
  section: { enum: SECTIONS },
  severity: { enum: SEVERITIES },
  text: { type: "string", description: "Plain text of one line." },
  object: { type: "string", description: "Logical name of the object that causes it; absent for what concerns the whole stack." },
  kind: { type: "string" },
  operation,
  values: { type: "array", items: value },
  details: { ...texts, description: "What goes with it, and why." },
  place: record(["file", "line", "column"], { file: { type: "string" }, line: position, column: position }, "The cause in the stack file."),
  rule: { type: "string", description: "The guardrail or gate that speaks." },
  change: { type: "string", description: "Digest of the change, for an approval." },
});

const approval = record(["gate", "object", "change"], {
  gate: { type: "string" },
  object: { type: "string" },
  change: { type: "string" },
});

const reason = record(["verdict", "text"], {
  verdict: { enum: VERDICTS },
  text: { type: "string" },
  approval: { ...approval, description: "What would lift it, under `governance.approvals`, with `by`, `reason` and `until` besides." },
});

const accessRow = record(["subject", "subjectType", "controlPlane", "scope", "before", "after"], {
  subject: { type: "string" },
  subjectType: { enum: ["person", "key", "everyKey"] },
  controlPlane: { type: "string" },
  scope: { type: "string", description: "`every project`, `organization`, or a project's name." },
  before: texts,
  after: texts,
});

const made = record(["changeSetDigest"], {
  commit: { type: "string" },
  stateDigest: { type: "string" },
  changeSetDigest: { type: "string" },
});

/** JSON Schema of the report as JSON. What is added later comes with another `version`. */
export const REPORT_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Report of a Gatehouse preview",
  ...record(["version", "project", "stack", "operation", "verdict", "reasons", "lines", "counts", "access", "made"], {
    version: { const: 1 },
    project: { type: "string" },
    stack: { type: "string" },
    operation: { enum: ["up", "destroy", "reconcile"] },
    verdict: { enum: VERDICTS, description: "Whether this can be merged." },
    reasons: { type: "array", items: reason },
    lines: { type: "array", items: line, description: "Worst first; within a severity in the order of the sections." },
    counts: { type: "object", description: "Objects by operation.", additionalProperties: count, properties: operations },
    access: { type: "array", items: accessRow },
    made: { ...made, description: "What the report was made of." },
  }),
} as const;
