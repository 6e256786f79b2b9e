import { quoted } from "../../export/comment.js";
import type { Exported } from "../../export/exported.js";
import { isTold, leftOutText } from "../../export/remarks.js";
import { shownLine } from "../../report/render/shown-line.js";
import { renderProblem } from "../../stackfile/index.js";
import type { ExportOutcome } from "./outcome.js";

/** The adoption plan as a document. Ids and names, never a secret. */
export function exportDocument({ exported, ...outcome }: ExportOutcome): Record<string, unknown> {
  const { objects, leftOut } = exported;
  return {
    command: "export",
    ...outcome,
    adopt: objects.map(({ kind, remote, entry }) => ({ kind: kind.name, id: remote.id, path: entry.path.join("/") })),
    leftOut: leftOut.filter(isTold).map(({ kind, remote, name, why }) => ({ kind: kind.name, id: remote.id, name, why })),
    variables: variablesOf(exported),
    differences: outcome.differences.map(({ object, property, declared, live }) => ({
      path: object.declaration.name,
      property: property.join("."),
      declared: declared ?? null,
      live: live ?? null,
    })),
  };
}

/** The same for a person. */
export function exportText(outcome: ExportOutcome): string {
  const { path, name, exported, unread, written, problems, auditOnly, differences, tookLive, missing, byHand } = outcome;
  const leftOut = exported.leftOut.filter(isTold).map((one) => leftOutText(one, (text) => text));
  const secrets = variablesOf(exported).map(({ variable, path: entry, property }) => `${variable}  (${entry}, ${property})`);
  return [
    shownLine(`${name}: ${writtenText(exported.objects.length, written)}`),
    ...section("Taken over by the next `gatehouse up`, as they are:", countsText(exported)),
    ...section("Left out:", [...leftOut, ...unread.map(({ kind, why }) => `${kind}: ${why}.`)]),
    ...section(
      "Secrets that nobody can read stay as they are. To send one, set its variable and write `version: 1` into its reference:",
      secrets,
    ),
    ...section(
      tookLive
        ? "Declared otherwise before, and as it is now:"
        : "Declared otherwise than it is; `up` would change it, --take-live writes it:",
      differences.map(({ object, property, declared, live }) => {
        return `${object.declaration.path}.${property.join(".")}: ${shownValue(declared)}, and there it is ${shownValue(live)}`;
      }),
    ),
    ...section("Declared, and not there; `up` would make it:", missing),
    ...section("To be written by hand, since an anchor, an alias or a name stands in the way:", byHand),
    ...(auditOnly ? ["", "The guardrails would stop some of it: governance.preset is audit-only until it is mended."] : []),
    ...section("Problems:", problems.map(renderProblem)),
    "",
    nextText(path, exported.objects.length),
  ].join("\n");
}

function writtenText(count: number, written: readonly string[]): string {
  if (written.length === 0)
    return count === 0 ? "nothing new, no file was touched." : `${counted(count, "object")}, and no file could be written.`;
  return `${counted(count, "object")} in ${written.join(", ")}.`;
}

function nextText(path: string, count: number): string {
  if (count === 0) return `Next: gatehouse preview ${path}`;
  return `Next: gatehouse preview ${path}, which takes them over and changes nothing of them; then gatehouse up ${path}.`;
}

/** A value of a difference as a person reads it. */
function shownValue(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
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
