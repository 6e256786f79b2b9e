import type { Report } from "../report.js";
import { approvalsOf, approvalYaml } from "./approval-yaml.js";
import { accessHtml } from "./html-access.js";
import { linesHtml } from "./html-lines.js";
import { htmlPage } from "./html-page.js";
import { type Html, html } from "./html-template.js";
import { printable } from "./printable.js";
import { unmanagedHtml } from "./unmanaged-html.js";
import { countsText, severitiesText, titleOf, VERDICT_WORDS, worstFirst } from "./words.js";

/**
 * The report as one file of HTML that needs nothing else: no script, and its own policy forbids it to load, send or run anything
 * but its style sheet. For a screen of any width, in light and dark.
 */
export function reportHtml(report: Report): string {
  const title = `${VERDICT_WORDS[report.verdict]}: ${titleOf(report)}`;
  return htmlPage(
    title,
    html`<header class="verdict ${report.verdict}">
<h1><span class="tone">${VERDICT_WORDS[report.verdict]}</span>: ${titleOf(report)}</h1>
<p>${summaryOf(report)}</p>
</header>
<main>
${reasonsHtml(report)}${linesHtml(report)}${accessHtml(report.access)}${unmanagedHtml(report)}
</main>
<footer class="quiet"><p>${madeOf(report)}</p></footer>`,
  );
}

function summaryOf(report: Report): string {
  const severities = severitiesText(report.lines.map(({ severity }) => severity));
  return [countsText(report), ...(severities === "" ? [] : [severities])].join("; ");
}

function reasonsHtml({ reasons }: Report): Html | undefined {
  if (reasons.length === 0) return undefined;
  const approvals = approvalsOf(reasons).map(approvalYaml).join("\n");
  const toApprove = html`<p>To approve, apply this under <code>governance.approvals</code> first, by itself:</p>
<pre tabindex="0" role="region" aria-label="Approvals to paste">${approvals}</pre>`;
  return html`<section aria-labelledby="reasons"><h2 id="reasons">Why</h2>
<ul>${worstFirst(reasons).map(({ verdict, text }) => html`<li class="${verdict}"><span class="tone">${VERDICT_WORDS[verdict]}</span>: ${printable(text)}</li>`)}</ul>
${approvals === "" ? undefined : toApprove}</section>
`;
}

function madeOf({ made }: Report): string {
  return [
    ...(made.commit === undefined ? [] : [`commit ${printable(made.commit)}`]),
    ...(made.stateDigest === undefined ? [] : [`state ${printable(made.stateDigest)}`]),
    `change set ${printable(made.changeSetDigest)}`,
  ].join(" · ");
}
