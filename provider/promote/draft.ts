import type { Document } from "yaml";
import type { KindName } from "../../schema/kinds/index.js";
import { type Collection, declaredIn, type Entry } from "../stackfile/entries.js";
import { lookAt } from "./look-at.js";
import type { Outcome } from "./outcome.js";
import { commentAt, copyAt, editable, placeCopy, removeAt, setAt, setBlock, textOf } from "./yaml-places.js";

/** A file of the new stack. */
export interface DraftFile {
  /** Name in the folder. */
  readonly name: string;
  readonly team: boolean;
  readonly document: Document;
}

/** An entry of the new stack with the file that it stands in. */
export interface DraftEntry extends Entry {
  readonly file: DraftFile;
}

interface Contents {
  readonly entries: readonly DraftEntry[];
  readonly collections: readonly (Collection & { readonly file: DraftFile })[];
}

type Told = Omit<Outcome, "object" | "kind">;

/**
 * The stack on its way to the target: documents that translations change one after the other, what they say of it, and where in the source
 * each entry comes from.
 */
export class Draft {
  readonly files: readonly DraftFile[];
  readonly outcomes: Outcome[] = [];
  /** Source path by path here, for what was moved or copied; null for what no source has. */
  readonly #origins = new Map<string, string | null>();
  #contents: Contents | undefined;

  constructor(sources: readonly { readonly name: string; readonly team: boolean; readonly text: string }[]) {
    this.files = sources.map(({ name, team, text }) => ({ name, team, document: editable(text) }));
  }

  /** The file of the organization. */
  get main(): DraftFile {
    const main = this.files.find(({ team }) => !team);
    if (main === undefined) throw new Error("a stack without its main file was not refused");
    return main;
  }

  get texts(): readonly { readonly name: string; readonly team: boolean; readonly text: string }[] {
    return this.files.map(({ name, team, document }) => ({ name, team, text: textOf(document) }));
  }

  entries(kind?: KindName): readonly DraftEntry[] {
    return this.#read().entries.filter(({ kindName }) => kind === undefined || kindName === kind);
  }

  get collections(): Contents["collections"] {
    return this.#read().collections;
  }

  entryAt(name: string): DraftEntry | undefined {
    return this.entries().find((entry) => entry.name === name);
  }

  /** Path in the source of something here; undefined for what no source has. */
  originOf(name: string): string | undefined {
    const steps = name.split("/");
    for (let length = steps.length; length > 0; length--) {
      const origin = this.#origins.get(steps.slice(0, length).join("/"));
      if (origin === null) return undefined;
      if (origin !== undefined) return [origin, ...steps.slice(length)].join("/");
    }
    return name;
  }

  set(entry: DraftEntry, field: string, value: unknown): void {
    const shorthand = entry.kind.stackFile.find((place) => place.shorthand !== undefined && place.keyField === entry.keyField)?.shorthand;
    const path = [...entry.node.path, ...field.split(".")];
    // A plain value that the shorthand stands for is replaced as it stands.
    const isPlain = typeof entry.node.value !== "object" && field === shorthand;
    this.setPath(entry.file, isPlain ? entry.node.path : path, value, shorthand);
  }

  unset(entry: DraftEntry, field: string): void {
    // An entry of a collection is there by its key; a single object that says nothing any more is not.
    const keep = entry.keyField === undefined ? 0 : entry.node.path.length;
    this.removePath(entry.file, [...entry.node.path, ...field.split(".")], keep);
  }

  remove(entry: DraftEntry): void {
    this.removePath(entry.file, entry.node.path);
  }

  /** Declares something that the source does not, or that stood elsewhere in it. */
  add(file: DraftFile, path: readonly string[], value: unknown, origin: string | null = null): void {
    this.#origins.set(path.join("/"), origin);
    this.setPath(file, path, value);
  }

  /** Declares an entry at another place too. It stays where it was until it is removed. */
  copyTo(entry: DraftEntry, file: DraftFile, path: readonly string[]): void {
    this.#origins.set(path.join("/"), this.originOf(entry.name) ?? null);
    placeCopy(entry.file.document, entry.node.path, file.document, path);
    this.#contents = undefined;
  }

  /** Makes several of one entry, each under a key of its own. */
  divide(entry: DraftEntry, keys: readonly string[]): void {
    const origin = this.originOf(entry.name) ?? entry.name;
    for (const key of keys) this.#origins.set([...entry.node.path.slice(0, -1), key].join("/"), origin);
    copyAt(entry.file.document, entry.node.path, keys);
    this.#contents = undefined;
  }

  /** Writes a block of the top level at its former place, one setting a line. */
  setBlock(file: DraftFile, key: string, formerKey: string, value: object): void {
    setBlock(file.document, key, formerKey, value);
    this.#contents = undefined;
  }

  setPath(file: DraftFile, path: readonly string[], value: unknown, shorthand?: string): void {
    setAt(file.document, path, value, shorthand);
    this.#contents = undefined;
  }

  removePath(file: DraftFile, path: readonly string[], keep = 0): void {
    removeAt(file.document, path, keep);
    this.#contents = undefined;
  }

  comment(file: DraftFile, path: readonly string[], text: string): void {
    commentAt(file.document, path, text);
  }

  /** Of copies of one entry the same is told once. */
  tell(entry: DraftEntry, told: Told): void {
    const outcome: Outcome = { object: this.originOf(entry.name) ?? entry.name, kind: entry.kindName, ...told };
    const text = JSON.stringify(outcome);
    if (!this.outcomes.some((other) => JSON.stringify(other) === text)) this.outcomes.push(outcome);
  }

  /** A field that the target has no place for. */
  lose(entry: DraftEntry, field: string, told: Omit<Told, "field" | "result">): void {
    this.tell(entry, { field, result: "lost", ...told });
    this.unset(entry, field);
  }

  /** An object that the target has no place for, with all that is nested in it. */
  loseWhole(entry: DraftEntry, told: Omit<Told, "field" | "result">): void {
    this.tell(entry, { result: "lost", ...told });
    for (const nested of this.entries().filter(({ name }) => name.startsWith(`${entry.name}/`))) {
      this.tell(nested, { result: "lost", why: `${entry.kindName} ${entry.key ?? entry.name}, which it belongs to, does not carry over` });
    }
    this.remove(entry);
  }

  #read(): Contents {
    this.#contents ??= contentsOf(this.files);
    return this.#contents;
  }
}

function contentsOf(files: readonly DraftFile[]): Contents {
  const parts = files.map((file) => {
    const { entries, collections } = declaredIn(lookAt(file.document));
    return {
      entries: entries.map((entry) => ({ ...entry, file })),
      collections: collections.map((collection) => ({ ...collection, file })),
    };
  });
  return { entries: parts.flatMap(({ entries }) => entries), collections: parts.flatMap(({ collections }) => collections) };
}
