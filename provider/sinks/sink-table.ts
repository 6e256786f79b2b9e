import { type Fields, json } from "../../schema/field.js";
import { details, fieldRows } from "../../schema/generate/kind-table.js";
import type { Doc } from "../../schema/stackfile-entry.js";
import type { SinkType } from "./sink.js";
import { isTemplate } from "./template.js";

/** The types of sinks in Markdown: a table of all, and for each a folded table of its settings. */
export function sinkTable(types: readonly SinkType[], doc: Doc): string {
  const rows = types.map(
    ({ type, modules }) => `| \`${type}\` | ${doc(type, "")} | ${modules === undefined ? "" : `\`npm install ${modules.join(" ")}\``} |`,
  );
  const each = types.map(({ type, title, settings }) =>
    details(
      `type: ${type}`,
      `${title}.`,
      fieldRows(withShortTypes(settings), "", (path) => doc(type, path)),
    ),
  );
  return ["| type | where the secret is | needs |", "|---|---|---|", ...rows, "", ...each].join("\n");
}

/** What a template may hold is said once, above the tables. */
function withShortTypes(settings: Fields): Fields {
  const short = json<string>({ type: "string", title: "template" });
  return Object.fromEntries(
    Object.entries(settings).map(([name, field]) => [name, isTemplate(field) ? { ...short, flags: field.flags } : field]),
  );
}
