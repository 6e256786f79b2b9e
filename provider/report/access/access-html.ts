import type { AccessRow } from "./access-matrix.js";
import { limitText } from "./limit.js";
import { capabilitiesText, placeText, plainText, waysText } from "./words.js";

const HEADS = ["Who", "Where", "Environment", "Can", "Limits", "By"] as const;

/** A table as a fragment of HTML, without styles. Every text in it is escaped; it holds no link, script or image. */
export function accessHtml(rows: readonly AccessRow[]): string {
  const planes = new Set(rows.map(({ controlPlane }) => controlPlane)).size;
  const heads = HEADS.map((head) => `<th scope="col">${head}</th>`).join("");
  return [
    `<table class="gatehouse-access">`,
    `<caption>Effective access</caption>`,
    `<thead><tr>${heads}</tr></thead>`,
    "<tbody>",
    ...rows.map((row) => rowHtml(row, planes > 1)),
    "</tbody>",
    "</table>",
  ].join("\n");
}

function rowHtml(row: AccessRow, namesPlane: boolean): string {
  const cells = [
    `${placeText(row)}${namesPlane ? ` on ${row.controlPlane}` : ""}`,
    row.environment ?? "",
    capabilitiesText(row),
    row.limits.map(limitText).join("; "),
    waysText(row.ways),
  ];
  return `<tr><th scope="row">${escaped(row.subject.name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
