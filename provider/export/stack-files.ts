import { Document, isMap, isScalar, type YAMLMap } from "yaml";
import { placesUnder } from "../../schema/places.js";
import { isRecord, type Values } from "../lifecycle/values.js";
import { commentLines } from "./comment.js";
import type { ExportedObject } from "./exported.js";
import { styled, textOf, YAML } from "./yaml-style.js";

/** A stack file by its name in the folder. */
export interface FileText {
  readonly name: string;
  readonly text: string;
}

/** What the head of a new stack says. */
export interface StackHead {
  readonly name: string;
  /** The block `controlPlane`. */
  readonly controlPlane: Values;
  /** Lines above everything else. */
  readonly about: string;
  /** The block `governance` with the reason for it, where one is needed. */
  readonly governance?: { readonly value: Values; readonly why: string } | undefined;
}

/** What stands at the end of a file in words, because no entry can say it. By the key of the project, none for the organization's file. */
export type Remarks = (project: string | undefined) => readonly string[];

const SCHEMA_LINE = " yaml-language-server: $schema=./stackfile.schema.json";

const ADOPT =
  "Everything in this file is there already: the first `gatehouse up` takes it over and changes nothing. Remove the line after that.";

/** The block of the stack file that holds what others are nested in, one file for each. */
export const [OWNED = ""] = placesUnder().flatMap(({ kind, place }) => (placesUnder(kind.name).length > 0 ? place.at : []));

/** The files of a new stack: the organization's, and one for each project. */
export function stackFiles(head: StackHead, objects: readonly ExportedObject[], remarks: Remarks): readonly FileText[] {
  const tree = treeOf(objects);
  const { [OWNED]: owned = {}, ...organization } = tree;
  const projects = Object.entries(owned as Readonly<Record<string, Values>>);
  return [
    { name: "gatehouse.yaml", text: mainText(head, organization, remarks(undefined)) },
    ...projects.map(([key, value]) => ({ name: fileNameOf(key), text: teamText(key, value, remarks(key)) })),
  ];
}

/** Name of the file for a project; a few names mean other things in a stack folder. */
export function fileNameOf(key: string): string {
  return /^(gatehouse|pulumi)([._-]|$)/i.test(key) ? `project-${key}.yaml` : `${key}.yaml`;
}

/** The entries in the mappings that lead to them. */
export function treeOf(objects: readonly ExportedObject[]): Values {
  const tree: Record<string, unknown> = {};
  for (const { entry } of objects) {
    const key = entry.path.at(-1) ?? "";
    const above = entry.path.slice(0, -1).reduce<Record<string, unknown>>((at, step) => {
      at[step] ??= {};
      return at[step] as Record<string, unknown>;
    }, tree);
    above[key] = isRecord(entry.value) ? { ...entry.value, ...(above[key] as object | undefined) } : entry.value;
  }
  return tree;
}

function mainText({ name, controlPlane, about, governance }: StackHead, tree: Values, remarks: readonly string[]): string {
  const first = { name, controlPlane, adopt: "require" };
  const document = documentOf({ ...first, ...tree, ...(governance === undefined ? {} : { governance: governance.value }) }, remarks);
  document.commentBefore = `${SCHEMA_LINE}\n${commentLines(about)}`;
  remark(document, "adopt", ADOPT);
  if (governance !== undefined) remark(document, "governance", governance.why);
  return textOf(document);
}

export function teamText(key: string, project: Values, remarks: readonly string[]): string {
  const document = documentOf({ owns: { [OWNED]: [key] }, adopt: "require", [OWNED]: { [key]: project } }, remarks);
  document.commentBefore = SCHEMA_LINE;
  remark(document, "adopt", ADOPT);
  return textOf(document);
}

function documentOf(value: Values, remarks: readonly string[]): Document<YAMLMap, false> {
  const document = new Document(value, { ...YAML, aliasDuplicateObjects: false }) as unknown as Document<YAMLMap, false>;
  blockDown(document.contents, 0, []);
  if (remarks.length > 0) document.comment = remarks.map((text) => commentLines(text, "  ")).join("\n");
  return document;
}

/** Mappings that lead to entries stand below each other; the entries themselves on a line where they fit. */
function blockDown(map: YAMLMap, column: number, at: readonly string[]): void {
  for (const { key, value } of map.items) {
    const name = String(isScalar(key) ? key.value : key);
    const path = [...at, name];
    if (isMap(value) && isStructure(path) && !(column > 0 && isPlain(value))) blockDown(value, column + 2, path);
    else styled(value, column, name.length);
  }
}

/** True where nothing but texts stands: `members: { kim@acme.example: admin }`. */
function isPlain({ items }: YAMLMap): boolean {
  return items.every(({ value }) => isScalar(value));
}

/** True for collections and what leads to them, and for what others are nested in. */
function isStructure(path: readonly string[]): boolean {
  const [first, key, ...rest] = path;
  if (first === OWNED) return key === undefined || rest.length === 0 || isCollectionAt("Project", rest);
  return isCollectionAt(undefined, path);
}

function isCollectionAt(owner: string | undefined, path: readonly string[]): boolean {
  return placesUnder(owner).some(
    ({ place }) =>
      place.at.length + (place.keyField === undefined ? 0 : 1) > path.length && path.every((step, index) => place.at[index] === step),
  );
}

function remark(document: Document<YAMLMap, false>, name: string, text: string): void {
  const pair = document.contents.items.find(({ key }) => isScalar(key) && key.value === name);
  if (pair !== undefined && isScalar(pair.key)) pair.key.commentBefore = commentLines(text);
}
