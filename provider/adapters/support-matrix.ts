import type { KindName } from "../../schema/kinds/index.js";
import { REMOTE_KINDS } from "../../schema/kinds/index.js";
import type { Adapter } from "./adapter.js";
import type { Evidence } from "./evidence.js";
import { evidenceOf } from "./support.js";

const LEGEND = [
  "**API**: the vendor documents the calls (the link is to its page). **page**: a person does it on that page of the dashboard.",
  "**assumed**: nothing documents the calls, they are our best guess and need `allowAssumed: true`. **–**: the system has no such thing.",
].join("\n");

/** What each system has of each kind, in Markdown, with the evidence for it. */
export function supportMatrix(adapters: readonly Adapter[]): string {
  const rows = REMOTE_KINDS.map(({ name }) => row([name, ...adapters.map((adapter) => markOf(adapter, name as KindName))]));
  const lacking = adapters.flatMap((adapter) => REMOTE_KINDS.flatMap(({ name }) => reasonsOf(adapter, name as KindName)));
  return [
    row(["kind", ...adapters.map(({ title }) => title)]),
    row(["---", ...adapters.map(() => "---")]),
    ...rows,
    "",
    LEGEND,
    "",
    ...(lacking.length === 0 ? [] : ["<details><summary>What is there instead</summary>", "", ...lacking, "", "</details>", ""]),
    `Read on: ${datesOf(adapters).join(", ")}.`,
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}

function evidenceFor(adapter: Adapter, kind: KindName): readonly Evidence[] {
  const support = adapter.kinds[kind];
  return support === undefined ? [] : evidenceOf(support);
}

function markOf(adapter: Adapter, kind: KindName): string {
  return [...new Set(evidenceFor(adapter, kind).map(mark))].join(", ") || "–";
}

function mark(evidence: Evidence): string {
  switch (evidence.basis) {
    case "documented":
      return `[API](${evidence.url})`;
    case "dashboard":
      return `[page](${evidence.url})`;
    case "assumed":
      return "assumed";
    case "unsupported":
      return "–";
  }
}

function reasonsOf(adapter: Adapter, kind: KindName): readonly string[] {
  const refused = evidenceFor(adapter, kind).find((evidence) => evidence.basis === "unsupported");
  return refused === undefined ? [] : [`- ${kind}: ${adapter.title} ${refused.reason}.`];
}

function datesOf(adapters: readonly Adapter[]): readonly string[] {
  const all = adapters.flatMap((adapter) => REMOTE_KINDS.flatMap(({ name }) => evidenceFor(adapter, name as KindName)));
  return [...new Set(all.flatMap((evidence) => ("date" in evidence && evidence.date !== undefined ? [evidence.date] : [])))].toSorted();
}
