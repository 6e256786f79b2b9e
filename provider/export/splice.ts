import {
  Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from "yaml";
import { isRecord } from "../lifecycle/values.js";
import { oneLine, styled, textOf, WIDTH, YAML } from "./yaml-style.js";

/**
 * Changes to the text of a stack file that leave every other byte of it as it is: comments, order, quotes and anchors are their authors'.
 * Each answers the new text, or undefined where the place cannot be written without changing something else, such as behind an alias.
 */
type Changed = string | undefined;

/** Puts a value at a path of keys, below the mappings that are there and in new ones where there are none. */
export function withEntry(text: string, path: readonly string[], value: unknown): Changed {
  const { node, rest } = deepest(documentOf(text), path);
  const [key] = rest;
  if (key === undefined) return isMap(node) && isRecord(value) ? withMembers(text, path, value) : undefined;
  const nested = rest.slice(1).reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
  if (isMap(node)) return node.flow ? inFlow(text, path, node, [key, nested]) : inBlock(text, node, key, nested);
  // A key without a value waits for one.
  const above = path.slice(0, path.length - rest.length);
  return isEmpty(node) && above.length > 0 ? withValue(text, above, { [key]: nested }) : undefined;
}

/** Puts another value in the place of the one at a path. */
export function withValue(text: string, path: readonly string[], value: unknown): Changed {
  const document = documentOf(text);
  const { node, pair, rest } = deepest(document, path);
  if (rest.length > 0) return withEntry(text, path, value);
  if (node === undefined || pair === undefined || isAnchored(node)) return undefined;
  const written = isFlowText(value) ? oneLine(value) : JSON.stringify(value);
  if (isEmpty(node) && endOf(node) === node.range?.[0]) {
    const end = startAndEnd(pair.key as Node)[1];
    const colon = text.indexOf(":", end) + 1;
    return `${text.slice(0, colon)} ${written}${text.slice(colon)}`;
  }
  const [start, end] = startAndEnd(node);
  // The line end after a text of several lines counts to the text.
  const last = text[end - 1] === "\n" ? end - 1 : end;
  return text.slice(0, start) + written + text.slice(last);
}

/** Takes the key at a path away, with its value. */
export function withoutEntry(text: string, path: readonly string[]): Changed {
  const { node, pair, above, rest } = deepest(documentOf(text), path);
  if (rest.length > 0 || pair === undefined || above === undefined || isAnchored(node)) return undefined;
  if (above.items.length === 1) return path.length === 1 ? undefined : withValue(text, path.slice(0, -1), {});
  const [start] = startAndEnd(pair.key as Node);
  const end = pair.value === null ? startAndEnd(pair.key as Node)[1] : endOf(pair.value as Node);
  if (!above.flow) return text.slice(0, lineStart(text, start)) + text.slice(lineEnd(text, end));
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length;
  if (after !== undefined) return text.slice(0, start) + text.slice(end + after);
  const before = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return text.slice(0, start - before) + text.slice(end);
}

/** The value at a path, in plain data. */
export function valueAt(text: string, path: readonly string[]): unknown {
  const { node, rest } = deepest(documentOf(text), path);
  return rest.length === 0 && node !== undefined ? node.toJS(documentOf(text)) : undefined;
}

function withMembers(text: string, path: readonly string[], value: Readonly<Record<string, unknown>>): Changed {
  return Object.entries(value).reduce<Changed>(
    (now, [name, member]) => (now === undefined ? undefined : withEntry(now, [...path, name], member)),
    text,
  );
}

function inFlow(text: string, path: readonly string[], map: YAMLMap, [key, value]: readonly [string, unknown]): Changed {
  const added = onItsLine(text, map, key, value);
  const [start] = startAndEnd(map);
  if (lineEnd(added, start) - lineStart(added, start) <= WIDTH) return added;
  const depth = deepest(documentOf(text), path).rest.length;
  const block = inBlockStyle(text, path.slice(0, path.length - depth));
  return block === undefined ? added : withEntry(block, path, valueBelow(value, depth - 1));
}

/** What was wrapped into mappings on the way to it. */
function valueBelow(value: unknown, depth: number): unknown {
  return depth === 0 ? value : valueBelow(Object.values(value as object)[0], depth - 1);
}

/** The mapping at a path, which stands on one line, with each of its keys on a line; undefined where comments stand in it. */
function inBlockStyle(text: string, path: readonly string[]): Changed {
  const { node, pair, above } = deepest(documentOf(text), path);
  if (!isMap(node) || pair === undefined || above === undefined || above.flow || isAnchored(node) || node.items.length === 0)
    return undefined;
  const [keyStart] = startAndEnd(pair.key as Node);
  const [start, end] = startAndEnd(node);
  if (holdsComment(node)) return undefined;
  const document = new Document(null, YAML) as unknown as Document<Node, false>;
  // The comment behind it stays on its line.
  document.contents = Object.assign(node, { flow: false, comment: null });
  const lines = textOf(document).replaceAll(/^(?=.)/gm, " ".repeat(keyStart - lineStart(text, keyStart) + 2));
  const rest = lineEnd(text, end);
  const line = text.slice(0, start).trimEnd() + text.slice(end, rest);
  return `${line}${line.endsWith("\n") ? "" : "\n"}${lines}${text.slice(rest)}`;
}

function holdsComment(node: Node): boolean {
  let found = false;
  visit(node, {
    Node: (_key, inner) => {
      found ||= inner !== node && Boolean(inner.comment || inner.commentBefore);
    },
  });
  return found;
}

function onItsLine(text: string, map: YAMLMap, key: string, value: unknown): string {
  const pair = oneLine({ [key]: value })
    .replace(/^\{ ?/, "")
    .replace(/ ?\}$/, "");
  const last = map.items.at(-1);
  if (last !== undefined) {
    const end = endOf((last.value ?? last.key) as Node);
    return `${text.slice(0, end)}, ${pair}${text.slice(end)}`;
  }
  const [start, end] = startAndEnd(map);
  return `${text.slice(0, start)}{ ${pair} }${text.slice(end)}`;
}

function inBlock(text: string, map: YAMLMap, key: string, value: unknown): Changed {
  const [first, last] = [map.items[0], map.items.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const [start] = startAndEnd(first.key as Node);
  const column = start - lineStart(text, start);
  const end = lineEnd(text, endOf((last.value ?? last.key) as Node));
  const before = text.slice(0, end);
  return `${before}${before.endsWith("\n") ? "" : "\n"}${blockText(key, value, column)}${text.slice(end)}`;
}

/** A new pair on lines of its own. */
function blockText(key: string, value: unknown, column: number): string {
  const document = new Document({ [key]: value }, { ...YAML, aliasDuplicateObjects: false }) as Document<YAMLMap, false>;
  for (const pair of document.contents.items) styled(pair.value, column, key.length);
  return textOf(document).replaceAll(/^(?=.)/gm, " ".repeat(column));
}

interface Deepest {
  /** The last thing on the way that is there. */
  readonly node: Node | undefined;
  readonly pair: Pair | undefined;
  readonly above: YAMLMap | undefined;
  /** Keys that are not there. */
  readonly rest: readonly string[];
}

function deepest(document: Document, path: readonly string[]): Deepest {
  let found: Deepest = { node: document.contents ?? undefined, pair: undefined, above: undefined, rest: path };
  for (const [index, key] of path.entries()) {
    const { node } = found;
    // What an alias stands for is written elsewhere, where it serves others too.
    if (isAlias(node)) return { ...found, node: undefined };
    const pair = isMap(node) ? node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key) : undefined;
    if (pair === undefined || !isMap(node)) return found;
    found = { node: (pair.value ?? undefined) as Node | undefined, pair, above: node, rest: path.slice(index + 1) };
  }
  return isAlias(found.node) ? { ...found, node: undefined } : found;
}

function documentOf(text: string): Document {
  return parseDocument(text, YAML);
}

/** An anchored value serves others too. */
function isAnchored(node: Node | undefined): boolean {
  return node === undefined || ((isScalar(node) || isCollection(node)) && node.anchor !== undefined);
}

function isEmpty(node: Node | undefined): node is Scalar {
  return isScalar(node) && node.value === null;
}

function isFlowText(value: unknown): boolean {
  return typeof value !== "string" || !value.includes("\n");
}

function startAndEnd(node: Node): readonly [number, number] {
  return [node.range?.[0] ?? 0, endOf(node)];
}

/** Where the last character of a value stands, the comments after it left aside. */
function endOf(node: Node): number {
  const last = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  if (isPair(last)) return endOf((last.value ?? last.key) as Node);
  return last === undefined ? (node.range?.[1] ?? 0) : endOf(last as Node);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** After the line on which the value before this offset ends. */
function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}
