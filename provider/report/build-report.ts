import { calledAsAfter } from "./access/index.js";
import { accessRows } from "./access-rows.js";
import { changeSetDigest } from "./digest.js";
import { inOrder } from "./in-order.js";
import { reportLines } from "./lines/index.js";
import type { Report } from "./report.js";
import type { ReportInput } from "./report-input.js";
import { reasonsFor, verdictOf } from "./verdict.js";
import { secretRemover } from "./without-secrets.js";

/** What a change does, worst first, and whether it may be made. */
export function reportOf(given: ReportInput): Report {
  const input = { ...inOrder(given), accessBefore: calledAsAfter(given.accessBefore, given.accessAfter) };
  const withoutSecrets = secretRemover(input.changes);
  const clean = (text: string) => withoutSecrets(text).replaceAll(/\s+/gu, " ").trim();
  const lines = reportLines(input, clean);
  const reasons = reasonsFor(input, lines).map((reason) => ({ ...reason, text: clean(reason.text) }));
  const { project, stack, operation, changes, made, unmanaged } = input;
  return {
    version: 2,
    project,
    stack,
    operation,
    verdict: verdictOf(reasons),
    reasons,
    lines,
    counts: countsOf(input),
    access: accessRows(input.accessBefore, input.accessAfter),
    ...(unmanaged === undefined ? {} : { unmanaged }),
    made: { ...made, changeSetDigest: changeSetDigest(changes) },
  };
}

/** In this order, whatever the engine tells first. */
const OPERATIONS = ["create", "adopt", "update", "replace", "delete", "release"] as const;

function countsOf({ changes }: ReportInput): Report["counts"] {
  const counts = OPERATIONS.map((operation) => [operation, changes.objects.filter((step) => step.operation === operation).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
