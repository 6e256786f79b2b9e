import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { KIND_LIST } from "../kinds/index.js";
import { stackFileSchema } from "../stackfile.js";
import { type DocComments, readDocComments } from "./doc-comments.js";
import { kindTable } from "./kind-table.js";

/** A file that is written by `npm run generate`, wholly or between markers. */
interface GeneratedFile {
  /** Relative to the package. */
  readonly path: string;
  readonly content: string;
  /** What is there now; undefined when nothing is. */
  readonly present: string | undefined;
}

/**
 * Every generated file as it should be, beside what is there. `sections` are further parts of the README by the name in their markers,
 * made by what this folder may not import.
 */
export function generatedFiles(sections: Readonly<Record<string, string>> = {}, root = packageRoot()): readonly GeneratedFile[] {
  const docs = readDocComments(join(root, "schema"));
  const all = { kinds: kindTable(KIND_LIST, docs.of), ...sections };
  return [
    file(root, "schema/stackfile.schema.json", () => schemaText(docs)),
    file(root, "README.md", (present) => readmeText(present, all)),
  ];
}

/** The package that this module is part of, as a source or compiled. */
export function packageRoot(from = import.meta.dirname): string {
  if (existsSync(join(from, "package.json"))) return from;
  if (dirname(from) === from) throw new Error("no package.json above the generator");
  return packageRoot(dirname(from));
}

function file(root: string, path: string, contentOf: (present: string | undefined) => string): GeneratedFile {
  const absolute = join(root, path);
  const present = existsSync(absolute) ? readFileSync(absolute, "utf8") : undefined;
  return { path, content: contentOf(present), present };
}

function schemaText(docs: DocComments): string {
  const { $schema, $id, title, ...rest } = stackFileSchema(docs.of);
  const banner = "GENERATED from schema/kinds by npm run generate. Do not edit.";
  return `${JSON.stringify({ $schema, $id, title, $comment: banner, ...rest }, null, 2)}\n`;
}

/** The file with its generated parts renewed. A part without markers is left out. */
function readmeText(present: string | undefined, sections: Readonly<Record<string, string>>): string {
  const readme = present ?? "# Gatehouse\n\n<!-- generated:kinds -->\n<!-- /generated:kinds -->\n";
  return Object.entries(sections).reduce((text, [name, content]) => withSection(text, name, content), readme);
}

function withSection(text: string, name: string, content: string): string {
  const begin = `<!-- generated:${name} -->`;
  const [start, end] = [text.indexOf(begin), text.indexOf(`<!-- /generated:${name} -->`)];
  return start < 0 || end < start ? text : `${text.slice(0, start + begin.length)}\n${content}\n${text.slice(end)}`;
}
