import type { Report } from "../report.js";
import { fitted } from "./fitting.js";
import { codeSpan } from "./markdown-escape.js";
import { markdownParts } from "./markdown-parts.js";
import { prose } from "./markdown-words.js";
import { clipped } from "./printable.js";
import { countsText, severitiesText, titleOf, VERDICT_WORDS } from "./words.js";

export interface MarkdownOptions {
  /** Length that the platform accepts, in UTF-16 code units; at least 2000. */
  readonly maxCharacters: number;
  /** Where the whole report can be had; http or https. */
  readonly artefactUrl?: string;
}

const SIGNS = { safe: "✅", review: "👀", dangerous: "⚠️", blocked: "⛔" } as const;

const LEAST_CHARACTERS = 2000;

/**
 * The report for a comment on a pull or merge request, worst first. Where the length does not allow everything, what matters least
 * is left out, counted, and the whole report linked. Nothing that a stack file says becomes Markdown, HTML, a link, a mention or a reference.
 * @throws RangeError when so short a comment could say nothing, and TypeError for an address that is not http or https
 */
export function reportMarkdown(report: Report, { maxCharacters, artefactUrl }: MarkdownOptions): string {
  if (maxCharacters < LEAST_CHARACTERS)
    throw new RangeError(`a comment needs room for ${LEAST_CHARACTERS} characters, not ${maxCharacters}`);
  const head = `## ${SIGNS[report.verdict]} ${VERDICT_WORDS[report.verdict]}: ${prose(clipped(titleOf(report), 200))}\n${summaryOf(report)}`;
  const link = artefactUrl === undefined ? undefined : linkTo(artefactUrl);
  return fitted(markdownParts(report), maxCharacters, (parts, omitted) => {
    const end = omitted.size === 0 ? [footOf(report, link)] : [omittedNote(omitted, link), footOf(report)];
    return `${[head, ...parts, ...end].join("\n\n")}\n`;
  });
}

function summaryOf(report: Report): string {
  const severities = severitiesText(report.lines.map(({ severity }) => severity));
  return `**${countsText(report)}**${severities === "" ? "" : `; ${severities}`}`;
}

function omittedNote(omitted: ReadonlyMap<string, number>, link = "`gatehouse preview --verbose`"): string {
  const counts = [...omitted].map(([label, count]) => `${count} ${label}`).join(", ");
  return `**Left out, since the comment would be too long: ${counts}.** ${link} shows them.`;
}

function footOf({ made }: Report, link?: string): string {
  const digests = [
    ...(made.commit === undefined ? [] : [`commit ${codeSpan(clipped(made.commit, 64))}`]),
    `change set ${codeSpan(clipped(made.changeSetDigest, 64))}`,
  ];
  return `<sub>${[...digests, ...(link === undefined ? [] : [link])].join(" · ")}</sub>`;
}

function linkTo(address: string): string {
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new TypeError(`the report's address must be http or https: ${url.protocol}`);
  return `[The whole report](<${url.href.replaceAll("\\", "%5C")}>)`;
}
