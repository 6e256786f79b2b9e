import type { Report, ReportLine, Severity } from "../report.js";
import { SEVERITIES } from "../report.js";
import { type Html, html } from "./html-template.js";
import { printable } from "./printable.js";
import { placeText, SECTION_TITLES, valuePairs } from "./words.js";

/** The lines by severity; those of low severity are folded together. */
export function linesHtml({ lines }: Report): Html {
  return html`${SEVERITIES.map((severity) => {
    const own = lines.filter((line) => line.severity === severity);
    return own.length === 0 ? undefined : severityHtml(severity, own);
  })}`;
}

function severityHtml(severity: Severity, lines: readonly ReportLine[]): Html {
  const title = `${severity[0]?.toUpperCase()}${severity.slice(1)} (${lines.length})`;
  const all = html`${lines.map(lineHtml)}`;
  const content = severity === "low" ? html`<details><summary>Show all of low severity</summary>${all}</details>` : all;
  return html`<section class="${severity}" aria-labelledby="${severity}"><h2 id="${severity}" class="tone">${title}</h2>${content}</section>
`;
}

function lineHtml(line: ReportLine): Html {
  const { section, severity, details } = line;
  const head = html`<strong>${SECTION_TITLES[section]}</strong>: ${printable(line.text)} ${placeHtml(line)}`;
  const facts = [...about(line), ...values(line)];
  if (facts.length + details.length === 0) return html`<p class="line">${head}</p>\n`;
  const more = html`${facts.length === 0 ? undefined : html`<dl>${facts}</dl>`}${
    details.length === 0 ? undefined : html`<ul>${details.map((detail) => html`<li>${printable(detail)}</li>`)}</ul>`
  }`;
  return html`<details class="line"${severity === "low" ? undefined : html` open`}><summary>${head}</summary>${more}</details>
`;
}

function placeHtml(line: ReportLine): Html | undefined {
  const place = placeText(line);
  return place === undefined ? undefined : html`<code class="quiet">${place}</code>`;
}

function about({ object, kind, operation, rule, change }: ReportLine): readonly Html[] {
  const facts = { Object: [kind, object].filter((part) => part !== undefined).join(" "), Operation: operation, Rule: rule, Change: change };
  return Object.entries(facts).flatMap(([term, fact]) =>
    fact === undefined || fact === "" ? [] : [html`<dt>${term}</dt><dd>${printable(fact)}</dd>`],
  );
}

function values(line: ReportLine): readonly Html[] {
  return valuePairs(line).map(({ property, values: [first = "", second] }) => {
    const shown = second === undefined ? html`<ins>${first}</ins>` : html`<del>${first}</del> → <ins>${second}</ins>`;
    return html`<dt>${property}</dt><dd>${shown}</dd>`;
  });
}
