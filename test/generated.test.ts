import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readmeSections } from "../provider/readme-sections.js";
import type { Fields } from "../schema/field.js";
import { readDocComments } from "../schema/generate/doc-comments.js";
import { generatedFiles, packageRoot } from "../schema/generate/generated-files.js";
import { allFields } from "../schema/kind.js";
import { KIND_LIST, KINDS } from "../schema/kinds/index.js";

describe("generated files", () => {
  it.each(generatedFiles(readmeSections()))("$path is fresh; if not, run npm run generate", ({ content, present }) => {
    expect(present).toBe(content);
  });

  it("describe every property of the stack file, for the editor's hover", () => {
    const schema = generatedFiles().find(({ path }) => path.endsWith(".schema.json"));
    expect(undescribed(JSON.parse(schema?.content ?? "{}"), "")).toEqual([]);
  });
});

describe("the kinds", () => {
  const docs = readDocComments(join(packageRoot(), "schema"));

  it("are all listed in KINDS, under their own names", () => {
    expect([...docs.definedIn.values()].flat().sort()).toEqual(Object.keys(KINDS).sort());
    expect(KIND_LIST.map(({ name }) => name)).toEqual(Object.keys(KINDS));
  });

  it("are one to a file", () => {
    expect([...docs.definedIn].filter(([, kinds]) => kinds.length > 1)).toEqual([]);
  });

  it.each(KIND_LIST)("$name and each of its fields have a doc comment", (kind) => {
    const paths = ["", ...pathsOf(allFields(kind), "")];
    expect(paths.filter((path) => !docs.of(kind.name, path))).toEqual([]);
  });
});

function pathsOf(fields: Fields, prefix: string): string[] {
  return Object.entries(fields).flatMap(([name, field]) => [
    `${prefix}${name}`,
    ...pathsOf(field.fields ?? field.items?.fields ?? {}, `${prefix}${name}.`),
  ]);
}

/** Paths of properties without a description. */
function undescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const at = `${path}/${keyword}`;
    if (keyword !== "properties" || path.endsWith("/properties")) return undescribed(value, at);
    return Object.entries(value as Record<string, object>).flatMap(([name, property]) => [
      ...("description" in property || isRefinement(property) ? [] : [`${at}/${name}`]),
      ...undescribed(property, `${at}/${name}`),
    ]);
  });
}

/** A property that is described elsewhere and only limited further here. */
function isRefinement(property: object): boolean {
  return Object.keys(property).every((keyword) => keyword === "properties");
}
