import { printable } from "../render/printable.js";
import { lengthOf, wrapped } from "../render/wrap.js";
import type { AccessRow } from "./access-matrix.js";
import { limitText } from "./limit.js";
import { capabilitiesText, placeText, waysText } from "./words.js";

const HEADS: readonly string[] = ["WHO", "WHERE", "ENVIRONMENT", "CAN", "LIMITS", "BY"];
const GAP = 2;
/** Below this a column holds no words any more: the rows are then written as blocks, one under the other. */
const NARROWEST = 16;

/** A table as wide as the terminal at most, in characters; the shortest columns keep their width and the others wrap. */
export function accessText(rows: readonly AccessRow[], { width = 100 }: { readonly width?: number } = {}): string {
  if (rows.length === 0) return "Nobody has access that this stack declares.";
  const planes = new Set(rows.map(({ controlPlane }) => controlPlane)).size;
  const cells = rows.map((row) => cellsOf(row, planes > 1));
  const used = HEADS.map((_, index) => index).filter((index) => cells.some((line) => (line[index] ?? "") !== ""));
  const table = [HEADS, ...cells].map((line) => used.map((index) => line[index] ?? ""));
  const widths = fitted(table, width);
  return widths === undefined ? blocks(table, width) : table.flatMap((line) => wrappedLine(line, widths)).join("\n");
}

function cellsOf(row: AccessRow, namesPlane: boolean): readonly string[] {
  const place = `${placeText(row)}${namesPlane ? ` on ${row.controlPlane}` : ""}`;
  const limits = row.limits.map(limitText).join("; ");
  return [row.subject.name, place, row.environment ?? "", capabilitiesText(row), limits, waysText(row.ways)].map(printable);
}

/** Widths of the columns within a total, or undefined when they would be too narrow to read. */
function fitted(table: readonly (readonly string[])[], total: number): readonly number[] | undefined {
  const natural = (table[0] ?? []).map((_, index) => Math.max(...table.map((line) => lengthOf(line[index] ?? ""))));
  const widths = natural.map(() => 0);
  let left = total - GAP * (natural.length - 1);
  const byLength = natural.map((_, index) => index).toSorted((a, b) => (natural[a] ?? 0) - (natural[b] ?? 0));
  for (const [position, index] of byLength.entries()) {
    const share = Math.floor(left / (byLength.length - position));
    const width = Math.min(natural[index] ?? 0, share);
    if (width < Math.min(natural[index] ?? 0, NARROWEST)) return undefined;
    widths[index] = width;
    left -= width;
  }
  return widths;
}

function wrappedLine(line: readonly string[], widths: readonly number[]): readonly string[] {
  const cells = line.map((cell, index) => wrapped(cell, widths[index] ?? NARROWEST));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) =>
    cells
      .map((cell, index) => padded(cell[at] ?? "", (widths[index] ?? 0) + GAP))
      .join("")
      .trimEnd(),
  );
}

function blocks([heads = [], ...lines]: readonly (readonly string[])[], width: number): string {
  return lines
    .map(([who = "", ...cells]) => {
      const told = cells.flatMap((cell, index) =>
        cell === "" ? [] : wrapped(`${(heads[index + 1] ?? "").toLowerCase()}: ${cell}`, width - 2),
      );
      return [...wrapped(who, width), ...told.map((text) => `  ${text}`)].join("\n");
    })
    .join("\n\n");
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - lengthOf(text)));
}
