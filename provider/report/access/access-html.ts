import { htmlTable } from "../render/html-table.js";
import type { Html } from "../render/html-template.js";
import { printable } from "../render/printable.js";
import type { AccessRow } from "./access-matrix.js";
import { limitText } from "./limit.js";
import { capabilitiesText, placeText, waysText } from "./words.js";

const COLUMNS = ["Who", "Where", "Environment", "Can", "Limits", "By"] as const;

/** A table for a page of the report's style. Every text in it is escaped; it holds no link, script or image. */
export function accessHtml(rows: readonly AccessRow[]): Html {
  const planes = new Set(rows.map(({ controlPlane }) => controlPlane)).size;
  return htmlTable(
    "Effective access",
    COLUMNS,
    rows.map((row) => ({ head: printable(row.subject.name), cells: cellsOf(row, planes > 1).map(printable) })),
  );
}

function cellsOf(row: AccessRow, namesPlane: boolean): readonly string[] {
  return [
    `${placeText(row)}${namesPlane ? ` on ${row.controlPlane}` : ""}`,
    row.environment ?? "",
    capabilitiesText(row),
    row.limits.map(limitText).join("; "),
    waysText(row.ways),
  ];
}
