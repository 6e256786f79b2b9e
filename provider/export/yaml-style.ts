import {
  Document,
  type DocumentOptions,
  isCollection,
  isMap,
  isPair,
  isScalar,
  Lexer,
  type Node,
  type ParseOptions,
  type SchemaOptions,
  type ToStringOptions,
  visit,
} from "yaml";

/** Stack files are read as YAML 1.2 with its core schema, and written as such. */
export const YAML: ParseOptions & DocumentOptions & SchemaOptions = { version: "1.2", schema: "core" };

/** Lines are as long as they are: folding would change texts, and what fits is decided here. */
const PLAIN: ToStringOptions = { lineWidth: 0, flowCollectionPadding: true };

/** Columns that a mapping on one line may take. */
export const WIDTH = 140;

/** A value on one line, as it stands in a stack file. */
export function oneLine(value: unknown): string {
  const document = new Document(value, { ...YAML, aliasDuplicateObjects: false });
  visit(document, {
    // A text of several lines would go on over several of the file's.
    Scalar: (_key, scalar) => void (isLong(scalar.value) && Object.assign(scalar, { type: "QUOTE_DOUBLE" })),
  });
  return withTightLists(
    document.toString({ ...PLAIN, collectionStyle: "flow", doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER }).trimEnd(),
  );
}

function isLong(value: unknown): boolean {
  return typeof value === "string" && value.includes("\n");
}

/** The text of a document, as people write it. */
export function textOf(document: Document<Node, false>): string {
  return withTightLists(document.toString(PLAIN));
}

/** `[a, b]` and `{ a: 1 }`: the library pads both or none. */
function withTightLists(text: string): string {
  const tokens = [...new Lexer().lex(text)];
  return tokens
    .filter((token, index) => token !== " " || !(tokens[index - 1] === "[" || tokens[index + 1] === "]"))
    .filter((token) => !MARKS.has(token))
    .join("");
}

/** What the lexer puts between documents and before scalars, beside the text itself. */
const MARKS = new Set(["\u0002", "\u001f", "\u0018"]);

/** Writes a collection on one line where that is short enough, else what is in it, and so on. `column`: where its key begins. */
export function styled(node: unknown, column: number, keyLength: number): void {
  if (!isCollection(node)) return;
  const isShort = column + keyLength + 2 + oneLine(node.toJSON()).length <= WIDTH && !holdsBlockText(node);
  node.flow = isShort;
  if (isShort) return;
  for (const item of node.items) {
    if (isPair(item)) styled(item.value, column + 2, String(isScalar(item.key) ? item.key.value : "").length);
    else styled(item, column + 4, 0);
  }
}

/** Texts of several lines are read more easily below each other. */
function holdsBlockText(node: Node): boolean {
  if (isScalar(node)) return isLong(node.value);
  if (isMap(node)) return node.items.some(({ value }) => value !== null && holdsBlockText(value as Node));
  return isCollection(node) && node.items.some((item) => holdsBlockText(item as Node));
}
