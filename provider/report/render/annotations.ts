import { createHash } from "node:crypto";
import type { Report, ReportLine, Severity } from "../report.js";
import { printable } from "./printable.js";
import { SECTION_TITLES, valueWords } from "./words.js";

const LEVELS: Readonly<Record<Exclude<Severity, "low">, string>> = { critical: "error", high: "warning", medium: "notice" };

const GITLAB_SEVERITIES: Readonly<Record<Severity, string>> = { critical: "critical", high: "major", medium: "minor", low: "info" };

type Placed = ReportLine & Required<Pick<ReportLine, "place">>;

/**
 * Workflow commands of GitHub Actions, one a line, worst first, that annotate the lines of the stack file
 * (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions). GitHub shows ten of each level, so what is of low severity is left to the report.
 */
export function githubAnnotations(report: Report): string {
  return report.lines
    .filter(hasPlace)
    .flatMap((line) => {
      const { severity, place } = line;
      if (severity === "low") return [];
      const properties = { file: pathOf(line), line: place.line, col: place.column, title: titleOf(line) };
      const told = Object.entries(properties).map(([name, value]) => `${name}=${commandProperty(String(value))}`);
      return [`::${LEVELS[severity]} ${told.join(",")}::${commandData(bodyOf(line))}\n`];
    })
    .join("");
}

/** A Code Quality report of GitLab (https://docs.gitlab.com/ci/testing/code_quality/), as JSON. A fingerprint outlives a moved line. */
export function gitlabCodeQuality(report: Report): string {
  const seen = new Map<string, number>();
  const issues = report.lines.filter(hasPlace).map((line) => {
    const identity = JSON.stringify([report.project, report.stack, pathOf(line), checkName(line), line.object, line.operation, line.text]);
    const times = seen.get(identity) ?? 0;
    seen.set(identity, times + 1);
    return {
      description: bodyOf(line),
      check_name: checkName(line),
      fingerprint: createHash("sha256").update(`${identity}${times}`).digest("hex"),
      severity: line.section === "stopped" ? "blocker" : GITLAB_SEVERITIES[line.severity],
      location: { path: pathOf(line), lines: { begin: line.place.line } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}

function hasPlace(line: ReportLine): line is Placed {
  return line.place !== undefined;
}

/** As both platforms want it: with slashes, relative, without `./`. */
function pathOf({ place }: Placed): string {
  return printable(place.file.replaceAll("\\", "/").replace(/^(\.\/)+/, ""));
}

function titleOf({ severity, section }: ReportLine): string {
  return `${SECTION_TITLES[section]} (${severity})`;
}

function checkName({ rule, section }: ReportLine): string {
  return printable(rule ?? section);
}

function bodyOf(line: ReportLine): string {
  return [line.text, ...valueWords(line), ...line.details].map(printable).join("\n");
}

function commandData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function commandProperty(text: string): string {
  return commandData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
