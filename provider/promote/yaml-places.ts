import { type Document, isAlias, isMap, isNode, isPair, isScalar, type Node, Pair, parseDocument, Scalar, visit, YAMLMap } from "yaml";

type Path = readonly string[];

/** A file as a document that can be changed, with its comments. Anchors are written out: a change of one place must not reach another. */
export function editable(text: string): Document {
  const document = parseDocument(text, { version: "1.2", schema: "core" }) as Document;
  for (let found = true; found; ) {
    found = false;
    visit(document, {
      Alias(_key, alias) {
        found = true;
        return (alias.resolve(document)?.clone() ?? new Scalar(null)) as Node;
      },
    });
  }
  visit(document, { Value: (_key, node) => void ("anchor" in node && delete node.anchor) });
  return document;
}

/** The file's text. Lines are as long as in files that people write. */
export function textOf(document: Document): string {
  return document.toString({ lineWidth: 140 });
}

/** The mapping at a path, or nothing. */
function mapAt(document: Document, path: Path): YAMLMap | undefined {
  const node = path.reduce<unknown>((above, step) => (isMap(above) ? pairIn(above, step)?.value : undefined), document.contents);
  return isMap(node) ? node : undefined;
}

function pairIn(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

/** Writes a value, and the mappings that lead to it. A plain value on the way becomes a mapping that says it under `shorthand`. */
export function setAt(document: Document, path: Path, value: unknown, shorthand?: string): void {
  const last = path.at(-1) ?? "";
  const map = openAt(document, path.slice(0, -1), shorthand);
  const node = document.createNode(value, { flow: true, aliasDuplicateObjects: false });
  const pair = pairIn(map, last);
  if (pair !== undefined) pair.value = node;
  else map.items.splice(isScalar(node) ? plainsIn(map) : map.items.length, 0, new Pair<unknown, unknown>(new Scalar(last), node));
}

/** How many plain values stand at the beginning of a mapping: another one stands behind them, and before what is nested. */
function plainsIn(map: YAMLMap): number {
  const first = map.items.findIndex(({ value }) => !isScalar(value));
  return first === -1 ? map.items.length : first;
}

function openAt(document: Document, path: Path, shorthand: string | undefined): YAMLMap {
  let map = document.contents as YAMLMap;
  for (const [index, step] of path.entries()) {
    const pair = pairIn(map, step) ?? new Pair<unknown, unknown>(new Scalar(step), null);
    if (!map.items.includes(pair)) map.items.push(pair);
    if (!isMap(pair.value)) pair.value = opened(pair.value, index === path.length - 1 ? shorthand : undefined);
    map = pair.value as YAMLMap;
  }
  return map;
}

function opened(value: unknown, shorthand: string | undefined): YAMLMap {
  const map = new YAMLMap();
  const isWritten = isNode(value) && !isAlias(value) && shorthand !== undefined;
  if (isWritten) {
    map.flow = true;
    map.items.push(new Pair<unknown, unknown>(new Scalar(shorthand), value));
  }
  return map;
}

/** Takes a key out, and the mappings around it that hold nothing any more, up to those of a length that stays. */
export function removeAt(document: Document, path: Path, keep = 0): void {
  const map = mapAt(document, path.slice(0, -1));
  const pair = map && pairIn(map, path.at(-1) ?? "");
  if (map === undefined || pair === undefined) return;
  map.items.splice(map.items.indexOf(pair), 1);
  if (map.items.length === 0 && path.length - 1 > keep) removeAt(document, path.slice(0, -1), keep);
}

/** Puts copies of an entry in its place, each under a key of its own. */
export function copyAt(document: Document, path: Path, keys: readonly string[]): void {
  const map = mapAt(document, path.slice(0, -1));
  const pair = map && pairIn(map, path.at(-1) ?? "");
  if (map === undefined || pair === undefined) return;
  const copies = keys.map((key) => {
    const copy = pair.clone() as Pair;
    if (isScalar(copy.key)) copy.key.value = key;
    return copy;
  });
  map.items.splice(map.items.indexOf(pair), 1, ...copies);
}

/** A comment before a key; of a file that the path is empty for. Lines that are there already stay. */
export function commentAt(document: Document, path: Path, text: string): void {
  const map = mapAt(document, path.slice(0, -1));
  const pair = map && pairIn(map, path.at(-1) ?? "");
  const node = path.length === 0 ? document.contents : isPair(pair) && isScalar(pair.key) ? pair.key : undefined;
  if (!isNode(node)) return;
  node.commentBefore = [node.commentBefore, ` ${text}`].filter(Boolean).join("\n");
}

/** Puts a copy of an entry, with its comments, at another place, which may be in another file. */
export function placeCopy(from: Document, path: Path, to: Document, place: Path): void {
  const map = mapAt(from, path.slice(0, -1));
  const pair = map && pairIn(map, path.at(-1) ?? "");
  if (pair === undefined) return;
  const copy = pair.clone() as Pair;
  if (isScalar(copy.key)) copy.key.value = place.at(-1);
  openAt(to, place.slice(0, -1), undefined).items.push(copy);
}

/** Writes a block of the top level where the former one stood, or behind the name; one setting a line. */
export function setBlock(document: Document, key: string, formerKey: string, value: object): void {
  const root = document.contents as YAMLMap;
  const former = pairIn(root, formerKey);
  const block = document.createNode(value) as YAMLMap;
  for (const { value: inner } of block.items) if (isMap(inner)) inner.flow = true;
  const pair = new Pair<unknown, unknown>(former?.key ?? new Scalar(key), block);
  if (isScalar(pair.key)) pair.key.value = key;
  root.items.splice(former === undefined ? 1 : root.items.indexOf(former), former === undefined ? 0 : 1, pair);
}
