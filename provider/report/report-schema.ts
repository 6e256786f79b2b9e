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

const readyLine = record([], {
  line: { type: "string", description: "One line of YAML, or of TypeScript for a program. Absent where none would do." },
  file: { type: "string", description: "File of the stack that the line goes into." },
  under: { type: "string", description: "Dotted path in the file of the mapping or list that the line stands in." },
  note: { type: "string", description: "What to do before, or instead." },
});

const unmanaged = record(["controlPlane", "kind", "id", "key", "severity", "why", "adopt", "ignore", "remove"], {
  controlPlane: { type: "string" },
  kind: { type: "string" },
  id: { type: "string", description: "Id as the state would hold it." },
  key: { type: "string", description: "Natural key, as a stack file would write it." },
  owner: { type: "string", description: "Project that it belongs to: its path in the stack, or its name where nobody declared it." },
  createdAt: { type: "string" },
  ageDays: count,
  lastUsedAt: { type: "string" },
  environment: { type: "string" },
  severity: { enum: SEVERITIES },
  why: { type: "string" },
  ignoredUntil: { type: "string", description: "Last day of the `$ignore` that silenced it." },
  adopt: { ...readyLine, description: "What makes it the stack's." },
  ignore: { ...readyLine, description: "What silences it for a while." },
  remove: { ...readyLine, description: "What makes the next `up` remove it." },
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
    version: { const: 2 },
    project: { type: "string" },
    stack: { type: "string" },
    operation: { enum: ["up", "destroy", "reconcile"] },
    verdict: { enum: VERDICTS, description: "Whether this can be merged." },
    reasons: { type: "array", items: reason },
    lines: { type: "array", items: line, description: "Worst first; within a severity in the order of the sections." },
    counts: { type: "object", description: "Objects by operation.", additionalProperties: count, properties: operations },
    access: { type: "array", items: accessRow },
    unmanaged: {
      type: "array",
      items: unmanaged,
      description: "What is at the control planes and that nobody declared, worst first. Absent where nobody looked.",
    },
    made: { ...made, description: "What the report was made of." },
  }),
} as const;
