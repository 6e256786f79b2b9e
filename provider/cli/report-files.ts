import { GatehouseError, InvalidInput } from "../errors.js";
import { gitlabCodeQuality } from "../report/render/annotations.js";
import { reportHtml } from "../report/render/html.js";
import { reportJson } from "../report/render/json.js";
import { reportMarkdown } from "../report/render/markdown.js";
import { reportText } from "../report/render/text.js";
import type { Report } from "../report/report.js";
import type { CommandInput } from "./command.js";
import { writeOutput } from "./output-files.js";
import { projectNameAt } from "./project-name.js";
import { withoutKnownSecrets } from "./without-known-secrets.js";

/** Longest comment that GitHub takes, less what the comment adds around the report. */
const COMMENT_CHARACTERS = 65_000;

/** By the end of a file's name; the first that fits counts. */
const FORMATS: Readonly<Record<string, (report: Report) => string>> = {
  ".codequality.json": gitlabCodeQuality,
  ".json": reportJson,
  ".md": (report) => reportMarkdown(report, { maxCharacters: COMMENT_CHARACTERS }),
  ".html": reportHtml,
  ".txt": (report) => `${reportText(report, { width: 100, color: false, verbose: true })}\n`,
};

/** Ends of names that say the format of a report. */
export const REPORT_ENDINGS = Object.keys(FORMATS);

/** Refuses files whose ending names no format, before anything else is done. */
export function assertFormats(files: readonly string[]): void {
  const unknown = files.filter((file) => endingOf(file) === undefined);
  if (unknown.length === 0) return;
  throw new InvalidInput({
    what: `--out does not know the format of ${unknown.join(", ")}`,
    advice: `Let the name end in ${REPORT_ENDINGS.join(", ")}.`,
  });
}

/** Writes a report into files, each in the format that its ending names. */
export function writeReports(files: readonly string[], report: Report): void {
  for (const file of files) writeOutput(file, FORMATS[endingOf(file) ?? ""]?.(report) ?? "");
}

/**
 * Writes why there is no report into the JSON files, so that the comment can say it: without secrets, which the job that comments may
 * not know. Where that fails, too, it is progress: what is told is why there is no report.
 */
export function writeFailure(files: readonly string[], { stackPath, stackName, console }: FailedInput, error: unknown): void {
  const message = error instanceof GatehouseError ? withoutKnownSecrets(error.message) : "The preview failed; its own output says why.";
  const document = { project: projectNameAt(stackPath) ?? "", stack: stackName, failures: [{ message }] };
  try {
    for (const file of files.filter((one) => endingOf(one) === ".json")) writeOutput(file, `${JSON.stringify(document, null, 2)}\n`);
  } catch (unwritten) {
    console.progress(`warning: ${(unwritten as Error).message}`);
  }
}

type FailedInput = Pick<CommandInput, "stackPath" | "stackName" | "console">;

function endingOf(file: string): string | undefined {
  return REPORT_ENDINGS.find((ending) => file.endsWith(ending));
}
