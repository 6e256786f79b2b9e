import { Ajv2020 } from "ajv/dist/2020.js";
import type { Report } from "../report/report.js";
import { REPORT_SCHEMA } from "../report/report-schema.js";

/** A preview that came to no report, and why. */
export interface FailedPreview {
  readonly project: string;
  readonly stack: string;
  readonly failures: readonly PreviewFailure[];
}

export interface PreviewFailure {
  /** Logical name of the object, where there is one. */
  readonly name?: string;
  readonly message: string;
}

/** What a preview left behind. */
export type PreviewDocument = { readonly report: Report } | { readonly failed: FailedPreview };

const FAILED_SCHEMA = {
  type: "object",
  required: ["project", "stack", "failures"],
  properties: {
    project: { type: "string", minLength: 1 },
    stack: { type: "string", minLength: 1 },
    failures: {
      type: "array",
      minItems: 1,
      items: {
        anyOf: [
          { type: "string" },
          { type: "object", required: ["message"], properties: { message: { type: "string" }, name: { type: "string" } } },
        ],
      },
    },
  },
};

/** Everything that is wrong with a text that should hold one, a clause each. */
export interface UnreadablePreview {
  readonly problems: readonly string[];
}

/** The document in a text. What has `failures` is no report. */
export function parsePreview(text: string): PreviewDocument | UnreadablePreview {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problems: ["it is not JSON"] };
  }
  const isFailed = typeof value === "object" && value !== null && "failures" in value;
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  if (!ajv.validate(isFailed ? FAILED_SCHEMA : REPORT_SCHEMA, value)) {
    return { problems: (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath || "the document"} ${message}`) };
  }
  return isFailed ? { failed: failedPreview(value as RawFailedPreview) } : { report: value as Report };
}

type RawFailedPreview = Omit<FailedPreview, "failures"> & { readonly failures: readonly (string | PreviewFailure)[] };

function failedPreview({ project, stack, failures }: RawFailedPreview): FailedPreview {
  return { project, stack, failures: failures.map((failure) => (typeof failure === "string" ? { message: failure } : failure)) };
}
