import { Document, isCollection, visit } from "yaml";

/** Longer than any text: a line is one line. */
const NEVER = 1_000_000;

const STYLE = { lineWidth: 0, doubleQuotedMinMultiLineLength: NEVER } as const;

/** `key: { a: 1 }`, on one line. */
export function keyLine(key: string, value: unknown): string {
  return lineOf({ [key]: value }, 1);
}

/** `- { a: 1 }`, on one line. */
export function itemLine(value: unknown): string {
  return lineOf([value], 1);
}

/** Collections below this depth are written in the flow of the line. */
function lineOf(value: unknown, depth: number): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Node: (_key, node, path) => {
      if (isCollection(node)) node.flow = path.filter(isCollection).length >= depth;
    },
  });
  return document.toString(STYLE).trimEnd();
}
