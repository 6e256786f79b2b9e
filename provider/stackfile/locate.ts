import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type Scalar, visit } from "yaml";
import type { Located } from "./located.js";
import type { Position } from "./model.js";

/** A value that YAML allows and a stack file does not. */
export class NotLocatable extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** Aliases that a file may expand to, all together: enough for people, too few for a file that explodes. */
const MAX_ALIASES = 100;

interface Walk {
  readonly document: Document;
  readonly positionAt: (offset: number) => Position;
  /** Nodes on the way down, to notice one that holds itself. */
  readonly above: readonly Node[];
}

/** The document's value with the position of each part. Aliases are followed; each is at the place it was written. */
export function locate(document: Document, positionAt: (offset: number) => Position): Located {
  refuseUnusable(document);
  try {
    document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError)
      throw new NotLocatable(0, `uses its anchors (&, *) more than ${MAX_ALIASES} times: write the values out`);
    throw error;
  }
  return locateNode(document.contents, { document, positionAt, above: [] }, [], undefined);
}

function refuseUnusable(document: Document): void {
  visit(document, {
    Map: (_key, { items }) => refuseRepeatedKeys(items),
    Pair: (_key, { key }) => {
      if (!isScalar(key))
        throw new NotLocatable(isNode(key) ? (key.range?.[0] ?? 0) : 0, "a key must be a text, not a list, a mapping or an alias");
    },
    Alias: (_key, alias) => {
      const offset = alias.range?.[0] ?? 0;
      if (alias.resolve(document) === undefined)
        throw new NotLocatable(offset, "refers (*) to an anchor (&) that is not there: put a text that begins with * in quotes");
    },
  });
}

/** The parser tells 5 from "5"; a stack file, whose keys are texts, does not. */
function refuseRepeatedKeys(pairs: readonly Pair[]): void {
  const seen = new Set<string>();
  for (const { key } of pairs) {
    if (!isScalar(key)) continue;
    if (seen.has(textOf(key))) throw new NotLocatable(key.range?.[0] ?? 0, "this key stands here twice: keep one");
    seen.add(textOf(key));
  }
}

function textOf({ value }: Scalar): string {
  return String(value ?? "");
}

function locateNode(written: Node | null, walk: Walk, path: readonly string[], key: Position | undefined): Located {
  const node = isAlias(written) ? written.resolve(walk.document) : written;
  const offset = written?.range?.[0];
  const empty = node === undefined || node === null || (isScalar(node) && node.value === null);
  const position = empty && key !== undefined ? key : walk.positionAt(offset ?? 0);
  const place = { position, keyPosition: key ?? position, path };
  if (empty) return { ...place, value: null, children: new Map() };
  if (walk.above.includes(node)) throw new NotLocatable(offset ?? 0, "refers to the value it stands in (&, *): write the value out");
  const below = { ...walk, above: [...walk.above, node] };
  if (isMap<Node, Node | null>(node)) return mapping(node.items, below, place);
  if (isSeq<Node>(node)) return sequence(node.items, below, place);
  return { ...place, value: isScalar(node) ? node.value : null, children: new Map() };
}

type Place = Pick<Located, "position" | "keyPosition" | "path">;

function mapping(pairs: readonly Pair<Node, Node | null>[], walk: Walk, place: Place): Located {
  const children = new Map(
    pairs.map((pair) => {
      const key = isScalar(pair.key) ? textOf(pair.key) : "";
      return [key, locateNode(pair.value, walk, [...place.path, key], walk.positionAt(pair.key.range?.[0] ?? 0))];
    }),
  );
  return { ...place, children, value: Object.fromEntries([...children].map(([key, child]) => [key, child.value])) };
}

function sequence(items: readonly Node[], walk: Walk, place: Place): Located {
  const children = new Map(items.map((item, index) => [String(index), locateNode(item, walk, [...place.path, String(index)], undefined)]));
  return { ...place, children, value: [...children.values()].map((child) => child.value) };
}
