import type { Exported } from "../../export/exported.js";
import { isTold, leftOutText, type UnreadKind } from "../../export/remarks.js";
import { shownLine } from "../../report/render/shown-line.js";
import type { Problem } from "../../stackfile/index.js";
import { renderProblem } from "../../stackfile/index.js";

/** What an export did, and what the first `up` would take over. */
export interface ExportOutcome {
  readonly path: string;
  readonly name: string;
  readonly exported: Exported;
  readonly unread: readonly UnreadKind[];
  /** Names of the files that were written. */
  readonly written: readonly string[];
  /** What is wrong with the files as they stand. */
  readonly problems: readonly Problem[];
  /** True where the guardrails were told to stop nothing. */
  readonly auditOnly: boolean;
}

/** The adoption plan as a document. Ids and names, never a secret. */
export function exportDocument({ path, name, exported, unread, written, problems, auditOnly }: ExportOutcome): Record<string, unknown> {
  const { objects, leftOut } = exported;
  return {
    command: "export",
    path,
    name,
    written,
    adopt: objects.map(({ kind, remote, entry }) => ({ kind: kind.name, id: remote.id, path: entry.path.join("/") })),
    leftOut: leftOut.filter(isTold).map(({ kind, remote, name: key, why }) => ({ kind: kind.name, id: remote.id, name: key, why })),
    unread,
    variables: variablesOf(exported),
    auditOnly,
    problems,
  };
}

/** The same for a person. */
export function exportText(outcome: ExportOutcome): string {
  const { path, name, exported, unread, written, problems, auditOnly } = outcome;
  const variables = variablesOf(exported);
  const leftOut = exported.leftOut.filter(isTold);
  return [
    `${name}: ${counted(exported.objects.length, "object")} in ${written.length === 0 ? "no new file" : written.join(", ")}.`,
    ...section("Taken over by the first `gatehouse up`, as they are:", countsText(exported)),
    ...section("Left out:", [
      ...leftOut.map((one) => leftOutText(one, (text) => text)),
      ...unread.map(({ kind, why }) => `${kind}: ${why}.`),
    ]),
    ...section(
      "Secrets nobody can read. They stay as they are, and are sent when their reference gets a `version`, with these variables set:",
      variables.map(({ variable, path: entry, property }) => `${variable}  (${entry}, ${property})`),
    ),
    ...(auditOnly ? ["", "The guardrails would stop some of it: governance.preset is audit-only until it is mended."] : []),
    ...section("Problems:", problems.map(renderProblem)),
    "",
    `Next: gatehouse preview ${path}, which must find that nothing changes; then gatehouse up ${path}, which takes everything over.`,
  ].join("\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => shownLine(line, "  "))];
}

/** By kind: how many, and where the first of them stand. */
function countsText({ objects }: Exported): readonly string[] {
  return [...Map.groupBy(objects, ({ kind }) => kind.name)].map(([kind, ones]) => {
    const shown = ones.slice(0, 3).map(({ remote, entry }) => `${entry.path.join("/")} (${remote.id})`);
    return `${ones.length} ${kind}: ${shown.join(", ")}${ones.length > shown.length ? ", …" : ""}`;
  });
}

function variablesOf({ objects }: Exported): readonly { readonly variable: string; readonly path: string; readonly property: string }[] {
  return objects.flatMap(({ entry }) =>
    entry.secrets.map(({ variable, property }) => ({ variable, path: entry.path.join("/"), property })),
  );
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
