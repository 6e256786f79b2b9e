import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { InvalidInput } from "../errors.js";
import type { ObjectChange } from "../plan/changes.js";
import { printable } from "../report/render/printable.js";
import { VERDICTS, type Verdict } from "../report/report.js";
import { writePrivately } from "./write-privately.js";

/** What a preview would do, for an `up` that must do exactly that. Holds digests, never a value. */
export interface SavedPlan {
  readonly version: 1;
  readonly project: string;
  readonly stack: string;
  /** Commit that was previewed. Information: what counts is what would happen. */
  readonly commit?: string;
  /** Which state it was previewed on: what that held. */
  readonly stateDigest: string;
  readonly changeSetDigest: string;
  /** In any order. */
  readonly changes: readonly SavedChange[];
  /** What the report said of it. Information: an `up` judges anew. */
  readonly verdict: Verdict;
}

export interface SavedChange {
  readonly urn: string;
  /** Logical name, for people. */
  readonly name: string;
  readonly operation: ObjectChange["operation"];
  /** Digest of the resolved inputs; `inputsDigest` makes it. */
  readonly inputsDigest: string;
}

const OPERATIONS: readonly ObjectChange["operation"][] = ["create", "adopt", "update", "replace", "delete", "release"];

const text = { type: "string", minLength: 1 } as const;
const digest = { type: "string", pattern: "^[0-9a-f]{16,128}$" } as const;
const SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["version", "project", "stack", "stateDigest", "changeSetDigest", "changes", "verdict"],
  properties: {
    version: { const: 1 },
    project: text,
    stack: text,
    commit: text,
    stateDigest: digest,
    changeSetDigest: digest,
    verdict: { enum: VERDICTS },
    changes: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["urn", "name", "operation", "inputsDigest"],
        properties: { urn: text, name: text, operation: { enum: OPERATIONS }, inputsDigest: digest },
      },
    },
  },
};

const ADVICE = "Preview again with --save-plan, and have that reviewed.";

/** Writes a plan, whole or not at all, for its owner's eyes only (mode 0600). Throws InvalidInput where nothing can be written. */
export function writeSavedPlan(file: string, plan: SavedPlan): void {
  writePrivately(file, `${JSON.stringify(plan, null, 2)}\n`);
}

/** The plan in a file. Throws InvalidInput with everything that is wrong with it. */
export function readSavedPlan(file: string): SavedPlan {
  const value = parsed(file);
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  if (ajv.validate<SavedPlan>(SCHEMA, value)) return value;
  const problems = (ajv.errors ?? []).map(({ instancePath, message, params }) => {
    const named = params.additionalProperty ?? params.allowedValue ?? params.allowedValues?.join(", ");
    return `${instancePath || "the document"} ${message}${named === undefined ? "" : ` (${named})`}`;
  });
  throw new InvalidInput({ subject: file, what: `is no saved plan: ${problems.join("; ")}`, advice: ADVICE });
}

/** The plan in a file that was saved of this stack. Throws InvalidInput for that of another one, too. */
export function savedPlanOfStack(file: string, project: string, stack: string): SavedPlan {
  const plan = readSavedPlan(file);
  if (plan.project === project && plan.stack === stack) return plan;
  throw new InvalidInput({
    subject: file,
    what: `is the plan of ${printable(`${plan.project}/${plan.stack}`)}, and this is ${project}/${stack}`,
    advice: "Name the file that was saved for this stack, or another --stack.",
  });
}

function parsed(file: string): unknown {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new InvalidInput({ subject: file, what: `cannot be read (${code})`, advice: "Name the file that --save-plan wrote.", cause });
  }
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new InvalidInput({ subject: file, what: "is no saved plan: it is not JSON", advice: ADVICE, cause });
  }
}
