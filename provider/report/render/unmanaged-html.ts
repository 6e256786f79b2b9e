import type { Report } from "../report.js";
import type { UnmanagedObject } from "../unmanaged-object.js";
import { type Html, html } from "./html-template.js";
import { printable } from "./printable.js";
import { pasteText, REMEDIES, unmanagedName, unmanagedReason, unmanagedSummary } from "./unmanaged-words.js";

/** What nobody declared, each with what to write. */
export function unmanagedHtml({ unmanaged = [] }: Report): Html | undefined {
  if (unmanaged.length === 0) return undefined;
  return html`<section aria-labelledby="unmanaged"><h2 id="unmanaged">What nobody declared</h2>
<details><summary>${unmanagedSummary(unmanaged)}. This change did not bring them.</summary>
${unmanaged.map(objectHtml)}</details></section>
`;
}

function objectHtml(object: UnmanagedObject): Html {
  return html`<details class="line"><summary><span class="tone ${object.severity}">${object.severity}</span>: ${printable(unmanagedName(object))}: ${printable(unmanagedReason(object))}</summary><dl>${REMEDIES.map(
    (remedy) => remedyHtml(remedy, object),
  )}</dl></details>
`;
}

function remedyHtml(remedy: (typeof REMEDIES)[number], object: UnmanagedObject): Html {
  const ready = object[remedy];
  const text = pasteText(ready);
  const line = text === undefined ? undefined : html`<code>${printable(text)}</code> `;
  const note = ready.note === undefined ? undefined : html`<span class="quiet">${printable(ready.note)}</span>`;
  return html`<dt>${remedy}</dt><dd>${line}${note}</dd>`;
}
