import type { Report, Severity } from "../report.js";
import type { UnmanagedObject } from "../unmanaged-object.js";
import type { Item, Part } from "./fitting.js";
import { codeBlock } from "./markdown-escape.js";
import { folded, prose, SIGNS } from "./markdown-words.js";
import { printable } from "./printable.js";
import { pasteText, REMEDIES, unmanagedName, unmanagedReason, unmanagedSummary, WORST_UNMANAGED } from "./unmanaged-words.js";

/** What nobody declared, folded: the worst, with what to write into the stack. */
export function unmanagedPart({ unmanaged = [] }: Report, rank: number): Part {
  const items = unmanaged.slice(0, WORST_UNMANAGED).map(itemOf);
  const more = unmanaged.length - items.length;
  return {
    rank,
    items,
    layout: (texts) => {
      const rest = more === 0 ? [] : [`… and ${more} more, which \`gatehouse preview --verbose\` shows.`];
      return folded(prose(unmanagedSummary(unmanaged)), [...texts, ...rest].join("\n"));
    },
  };
}

function itemOf(object: UnmanagedObject): Item {
  const head = `- ${sign(object.severity)} ${prose(`${unmanagedName(object)}: ${unmanagedReason(object)}`)}`;
  const lines = REMEDIES.flatMap((remedy) => pasteText(object[remedy], remedy) ?? []);
  const notes = [...new Set(REMEDIES.flatMap((remedy) => object[remedy].note ?? []))];
  const block =
    lines.length === 0
      ? []
      : ["", ...indented(codeBlock(lines.map(printable).join("\n"), object.adopt.file === undefined ? "ts" : "yaml"))];
  return { text: [head, ...notes.map((note) => `  ${prose(note)}`), ...block].join("\n"), label: "undeclared objects" };
}

function sign(severity: Severity): string {
  return `${SIGNS[severity]} ${severity}`;
}

function indented(text: string): readonly string[] {
  return text.split("\n").map((line) => `  ${line}`);
}
