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

const BEGIN = "<!-- generated:kinds -->";
const END = "<!-- /generated:kinds -->";

/** Every generated file as it should be, beside what is there. */
export function generatedFiles(root = packageRoot()): readonly GeneratedFile[] {
  const docs = readDocComments(join(root, "schema"));
  return [
    file(root, "schema/stackfile.schema.json", () => schemaText(docs)),
    file(root, "README.md", (present) => readmeText(present, docs)),
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

/** The file with its generated part renewed. One without markers is left as it is. */
function readmeText(present: string | undefined, docs: DocComments): string {
  const readme = present ?? `# Gatehouse\n\n${BEGIN}\n${END}\n`;
  const [start, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (start < 0 || end < start) return readme;
  return `${readme.slice(0, start + BEGIN.length)}\n${kindTable(KIND_LIST, docs.of)}\n${readme.slice(end)}`;
}
