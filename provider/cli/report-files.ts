import { writeFileSync } from "node:fs";
import { extname } from "node:path";
import { GatehouseError, InvalidInput } from "../errors.js";
import { reportHtml } from "../report/render/html.js";
import { reportJson } from "../report/render/json.js";
import { reportMarkdown } from "../report/render/markdown.js";
import { reportText } from "../report/render/text.js";
import type { Report } from "../report/report.js";
import { projectNameAt } from "./project-name.js";

/** Longest comment that GitHub takes, less what the comment adds around the report. */
const COMMENT_CHARACTERS = 65_000;

const FORMATS: Readonly<Record<string, (report: Report) => string>> = {
  ".json": reportJson,
  ".md": (report) => reportMarkdown(report, { maxCharacters: COMMENT_CHARACTERS }),
  ".html": reportHtml,
  ".txt": (report) => `${reportText(report, { width: 100, color: false, verbose: true })}\n`,
};

/** Refuses files whose ending names no format, before anything else is done. */
export function assertFormats(files: readonly string[]): void {
  const unknown = files.filter((file) => FORMATS[extname(file)] === undefined);
  if (unknown.length === 0) return;
  throw new InvalidInput({
    what: `--out does not know the format of ${unknown.join(", ")}`,
    advice: `Let the name end in ${Object.keys(FORMATS).join(", ")}.`,
  });
}

/** Writes a report into files, each in the format that its ending names. */
export function writeReports(files: readonly string[], report: Report): void {
  for (const file of files) writeFileSync(file, FORMATS[extname(file)]?.(report) ?? "");
}

/** Writes why there is no report into the JSON files, so that the comment can say it. */
export function writeFailure(files: readonly string[], stackPath: string, stack: string, error: unknown): void {
  const message = error instanceof GatehouseError ? error.message : "The preview failed; its own output says why.";
  const document = { project: projectNameAt(stackPath) ?? "", stack, failures: [{ message }] };
  for (const file of files.filter((one) => extname(one) === ".json")) writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
}
