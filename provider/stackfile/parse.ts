import { type Document, LineCounter, parseAllDocuments, type YAMLError } from "yaml";
import { locate, NotLocatable } from "./locate.js";
import type { Located } from "./located.js";
import type { Position, Problem } from "./model.js";

/** What a file is, for messages about it as a whole. */
interface FileSort {
  /** What it is called: `a stack file`. */
  readonly noun: string;
  /** What to do about an empty one. */
  readonly beginning: string;
}

const STACK_FILE: FileSort = { noun: "a stack file", beginning: "begin with name: and controlPlane:" };

type Parsed = { readonly root: Located; readonly problems: readonly [] } | { readonly root?: never; readonly problems: readonly Problem[] };

/** Reads YAML 1.2 with positions. A file with a problem gives no value: what it would have meant is a guess. */
export function parse(text: string, file: string, sort: FileSort = STACK_FILE): Parsed {
  const tooDeep = `is nested too deeply to be ${sort.noun}`;
  const lines = new LineCounter();
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const failure = (offset: number, message: string): Parsed => ({ problems: [{ position: positionAt(offset), path: "", message }] });
  try {
    const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, version: "1.2", schema: "core" });
    const errors = Array.isArray(documents) ? documents.flatMap(problemsOf(text, positionAt)) : [];
    if (Array.isArray(documents) && documents.some(isTooDeep)) return failure(0, tooDeep);
    if (errors.length > 0) return { problems: errors };
    const document = Array.isArray(documents) ? documents[0] : undefined;
    if (document === undefined || document.contents === null) return failure(0, `is empty: ${sort.beginning}`);
    const second = Array.isArray(documents) ? documents[1] : undefined;
    if (second !== undefined) return failure(second.range[0], "begins a second document: keep one document in a file, without ---");
    return { root: locate(document, positionAt), problems: [] };
  } catch (error) {
    if (error instanceof NotLocatable) return failure(error.offset, error.message);
    // The parser recurses into nested values, so that a hostile file ends its stack.
    if (error instanceof RangeError) return failure(0, tooDeep);
    throw error;
  }
}

/** The parser also catches the end of its stack itself, and has no other word for it than the engine's. */
function isTooDeep({ errors }: Document): boolean {
  return errors.some(({ message }) => message.includes("call stack"));
}

function problemsOf(text: string, positionAt: (offset: number) => Position): (document: Document) => Problem[] {
  return (document) => {
    // After a syntax error the parser may see the same empty key twice, which nobody wrote.
    const written = document.errors.filter(({ code, pos }) => code !== "DUPLICATE_KEY" || /\S/.test(text.charAt(pos[0])));
    const all = [...written, ...document.warnings].map((error) => ({
      position: positionAt(error.pos[0]),
      path: "",
      message: messageOf(error),
    }));
    const { explicit, version } = document.directives?.yaml ?? {};
    if (explicit !== true || version === "1.2") return all;
    const message = `is YAML ${version}, in which no means false: remove the %YAML line, files are read as YAML 1.2`;
    return [...all, { position: positionAt(0), path: "", message }];
  };
}

/** What would be right, for what people get wrong most. */
const MESSAGES: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  DUPLICATE_KEY: "this key stands here twice: keep one",
  TAB_AS_INDENT: "a tab indents this line: use spaces",
  TAG_RESOLVE_FAILED: "has a tag (!…) that means nothing here: remove it",
};

/** The parser's words, without the piece of the file that it quotes, which may be a secret. */
function messageOf({ code, message }: YAMLError): string {
  return MESSAGES[code] ?? `is not valid YAML: ${message.replace(/:? "[\s\S]*$/, "").replace(/: \S+$/, "")}`;
}
