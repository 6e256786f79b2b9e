import { reportText } from "../report/render/text.js";
import { unmanagedRows } from "../report/render/unmanaged-text.js";
import type { Report } from "../report/report.js";
import type { CommandInput } from "./command.js";
import type { RunOutcome } from "./engine-run.js";
import { changesText, summaryText } from "./render.js";
import { takenAsIsText } from "./taken-over.js";

/** Where no terminal wraps them, lines are whole, for those who search in them. */
const UNWRAPPED = 100_000;

/** A plan in words: the report, folded to a screen where there is one, else with every property of every change. */
export function planText(outcome: RunOutcome, report: Report, input: Pick<CommandInput, "verbose">): string {
  const { isTTY = false, columns = 100 } = process.stdout;
  const shape = { width: isTTY ? columns : UNWRAPPED, color: isTTY };
  // A log holds every change, and yet not all that was there before.
  const allUnmanaged = input.verbose === true;
  const endsSoon = report.lines.some(({ section }) => section === "ends");
  if (outcome.changes.length === 0 && report.verdict === "safe" && !endsSoon && !allUnmanaged) {
    const unmanaged = unmanagedRows(report.unmanaged, { ...shape, all: false });
    return ["No changes.", ...(unmanaged.length === 0 ? [] : ["", ...unmanaged])].join("\n");
  }
  const taken = takenAsIsText(outcome.changes);
  const verbose = input.verbose === true || !isTTY;
  const lines = [reportText(report, { ...shape, verbose, allUnmanaged })];
  if (verbose && outcome.changes.length > 0) lines.push("", changesText(outcome.changes));
  if (outcome.changes.length > 0)
    lines.push("", `Plan: ${summaryText(outcome.changes, "planned")}.`, ...(taken === undefined ? [] : [taken]));
  else if (outcome.failures.length === 0) lines.push("", "No changes.");
  return lines.join("\n");
}
