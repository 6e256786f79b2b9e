import { expectationOf } from "../expectation.js";
import type { Field, Fields, Flags } from "../field.js";
import { COMMON_FIELDS, type Kind } from "../kind.js";
import type { Doc } from "../stackfile-entry.js";

/** The kinds in Markdown: a table of all, and for each a folded table of its fields. */
export function kindTable(kinds: readonly Kind[], doc: Doc): string {
  const rows = kinds.map((kind) => `| ${kind.name} | ${cell(doc(kind.name, ""))} | ${keyFields(kind)} |`);
  const common = details(
    "Every kind",
    "Fields that every kind takes or returns.",
    fieldRows(COMMON_FIELDS, "", (path) => doc("", path)),
  );
  const each = kinds.map((kind) =>
    details(
      kind.name,
      doc(kind.name, ""),
      fieldRows(kind.fields, "", (path) => doc(kind.name, path)),
    ),
  );
  return ["| kind | what it is | named by |", "|---|---|---|", ...rows, "", ...each, common].join("\n");
}

function keyFields({ key, singleton }: Kind): string {
  return singleton ? "there is one" : key.map((name) => `\`${name}\``).join(", else ");
}

/** A folded table of fields. */
export function details(name: string, meaning: string | undefined, rows: readonly string[]): string {
  const table = ["| field | type | flags | meaning |", "|---|---|---|---|", ...rows].join("\n");
  return `<details><summary>${name}</summary>\n\n${meaning ?? ""}\n\n${table}\n\n</details>\n`;
}

/** Rows of such a table, those of nested fields below their own. */
export function fieldRows(fields: Fields, prefix: string, doc: (path: string) => string | undefined): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const row = `| \`${path}\` | ${cell(typeOf(field))} | ${flagsOf(field.flags)} | ${cell(doc(path))} |`;
    return [row, ...fieldRows(field.fields ?? field.items?.fields ?? {}, `${path}.`, doc)];
  });
}

function typeOf(field: Field): string {
  if (field.flags.secret) return "secret";
  if (field.reference) return `${field.items ? "list of " : ""}reference to ${field.reference.kind}`;
  if (field.items) return field.schema.type === "array" ? `list: ${typeOf(field.items)}` : `by name: ${typeOf(field.items)}`;
  return field.fields ? "object" : expectationOf(field.schema);
}

/** Fields are required unless they are optional or computed; the other flags go by their own names. */
function flagsOf({ optional, ...flags }: Flags): string {
  const words = Object.entries(flags).flatMap(([name, on]) =>
    on === true ? [name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)] : [],
  );
  return [...(optional || flags.computed ? [] : ["required"]), ...words].join(", ");
}

function cell(text: string | undefined): string {
  return (text ?? "").replaceAll("|", "\\|");
}
