import { type Html, html } from "./html-template.js";

type Content = Html | string;

/** A cell that begins a row. */
interface Row {
  readonly head: Content;
  /** One for each column after the first. */
  readonly cells: readonly Content[];
}

/**
 * A table that a phone shows as blocks, each cell under the name of its column. The roles are said, since blocks would take them from
 * the elements.
 */
export function htmlTable(caption: string, columns: readonly string[], rows: readonly Row[]): Html {
  const [, ...cellColumns] = columns;
  return html`<table role="table" aria-label="${caption}">
<thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}</tr></thead>
<tbody role="rowgroup">
${rows.map(
  ({ head, cells }) => html`<tr role="row"><th role="rowheader" scope="row">${head}</th>
${cells.map((cell, index) => html`<td role="cell" data-column="${cellColumns[index]}">${cell}</td>`)}</tr>
`,
)}</tbody></table>`;
}
