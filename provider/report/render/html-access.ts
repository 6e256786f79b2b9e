import { capabilityInWords } from "../access/words.js";
import type { AccessRow } from "../report.js";
import { htmlTable } from "./html-table.js";
import { type Html, html } from "./html-template.js";
import { printable } from "./printable.js";
import { isChanged, SUBJECT_WORDS } from "./words.js";

/** Who may do what, where, before and after: what changes first, the rest folded. */
export function accessHtml(rows: readonly AccessRow[]): Html {
  const changed = rows.filter(isChanged);
  const same = rows.filter((row) => !isChanged(row));
  const none = changed.length === 0 ? html`<p>Nobody gains or loses access.</p>` : undefined;
  return html`<section aria-labelledby="access"><h2 id="access">Effective access</h2>
${none}${changed.length === 0 ? undefined : matrix("Access that changes", changed)}
${same.length === 0 ? undefined : html`<details><summary>Access that stays (${same.length})</summary>${matrix("Access that stays", same)}</details>`}
</section>`;
}

const COLUMNS = ["Who", "Control plane", "Where", "Before", "After"] as const;

function matrix(caption: string, rows: readonly AccessRow[]): Html {
  return htmlTable(caption, COLUMNS, rows.map(rowOf));
}

function rowOf({ subject, subjectType, controlPlane, scope, before, after }: AccessRow): { head: Html; cells: readonly (Html | string)[] } {
  const lost = before.filter((capability) => !after.includes(capability));
  const gained = after.filter((capability) => !before.includes(capability));
  return {
    head: html`${printable(subject)} <span class="quiet">${SUBJECT_WORDS[subjectType]}</span>`,
    cells: [
      printable(controlPlane),
      printable(scope),
      capabilities(before, (name) => (lost.includes(name) ? html`<del>${inWords(name)}</del>` : inWords(name))),
      capabilities(after, (name) => (gained.includes(name) ? html`<ins>${inWords(name)}</ins>` : inWords(name))),
    ],
  };
}

function inWords(name: string): string {
  return printable(capabilityInWords(name));
}

function capabilities(names: readonly string[], shown: (name: string) => Html | string): Html {
  if (names.length === 0) return html`<span class="quiet">nothing</span>`;
  return html`${names.map((name, index) => html`${index === 0 ? "" : ", "}${shown(name)}`)}`;
}
