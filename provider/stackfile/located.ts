import type { Position, Problem } from "./model.js";

/** A value of a file with its place: what the value is, where it stands, and under which path of keys. */
export interface Located {
  /** Plain data, as JSON has it. */
  readonly value: unknown;
  /** Where the value stands; its key when there is no value. */
  readonly position: Position;
  /** Where its key stands; the value itself in a list. */
  readonly keyPosition: Position;
  readonly path: readonly string[];
  /** Entries of a mapping or a list, by key or index. */
  readonly children: ReadonlyMap<string, Located>;
}

/** What stands at a path below a value. */
export function at(from: Located | undefined, path: readonly string[]): Located | undefined {
  return path.reduce<Located | undefined>((node, step) => node?.children.get(step), from);
}

/** The same, or the nearest thing above it that exists. */
export function nearestAt(from: Located, path: readonly string[]): Located {
  let node = from;
  for (const step of path) {
    const next = node.children.get(step);
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/** A problem with a value. */
export function problemAt(node: Located, message: string): Problem {
  return { position: node.position, path: node.path.join("."), message };
}

/** A problem with the fact that there is such a key. */
export function problemAtKey(node: Located, message: string): Problem {
  return { position: node.keyPosition, path: node.path.join("."), message };
}

/** True for a mapping, as opposed to a list, a text and so on. */
export function isMapping(node: Located | undefined): node is Located & { readonly value: Readonly<Record<string, unknown>> } {
  return typeof node?.value === "object" && node.value !== null && !Array.isArray(node.value);
}

/** The text that stands there, if it is one. */
export function textOf(node: Located | undefined): string | undefined {
  return typeof node?.value === "string" ? node.value : undefined;
}

/** The texts of a list; what is no text is left out, as validation reports it. */
export function textsOf(node: Located | undefined): readonly { readonly text: string; readonly node: Located }[] {
  return [...(node?.children.values() ?? [])].flatMap((item) => (typeof item.value === "string" ? [{ text: item.value, node: item }] : []));
}
