import { isRecord } from "../lifecycle/values.js";
import { namedObject } from "./declared-objects.js";
import type { DeclaredEntry } from "./entry.js";
import type { Difference, Merge } from "./merge.js";
import { valueAt, withEntry, withoutEntry, withValue } from "./splice.js";
import { type FileText, fileNameOf, OWNED, type Remarks, teamText, treeOf } from "./stack-files.js";

interface MergeOptions {
  /** Writes what the control plane holds in the place of what is declared otherwise. */
  readonly takeLive: boolean;
  /** True for a stack that is one file: everything new goes into it. */
  readonly isOneFile: boolean;
  /** Name of the control plane, where the stack has several and entries must say on which they are. */
  readonly on?: string | undefined;
  readonly remarks: Remarks;
}

export interface MergedFiles {
  /** New and changed ones only. */
  readonly files: readonly FileText[];
  /** What could not be written without changing something else: paths. */
  readonly byHand: readonly string[];
}

/** The files of a stack with what its control plane has besides. Everything else in them stays as it is, byte for byte. */
export function mergedFiles(files: readonly FileText[], merge: Merge, options: MergeOptions): MergedFiles {
  const edited = new Edited(files);
  const projects = newProjects(edited, merge);
  for (const { entry, kind } of merge.added.objects.filter(({ entry: { path } }) => !projects.includes(path[1] ?? "") || path[0] !== OWNED))
    edited.edit(entry.path, (text) => withEntry(text, entry.path, adorned(text, entry, kind.singleton, options)));
  const ownFiles = projects.flatMap((key) => withProject(edited, key, merge, options));
  for (const difference of options.takeLive ? merge.differences : []) {
    const { keys } = difference.object.declaration;
    edited.edit([...keys, ...difference.property], (text) => withLive(text, difference));
  }
  return { files: [...edited.changed(), ...ownFiles], byHand: edited.byHand };
}

/** The texts of a stack's files while they change. */
class Edited {
  readonly #before: readonly FileText[];
  readonly #texts: Map<string, string>;
  readonly byHand: string[] = [];

  constructor(files: readonly FileText[]) {
    this.#before = files;
    this.#texts = new Map(files.map(({ name, text }) => [name, text]));
  }

  /** Changes the file in which a path stands, or belongs. */
  edit(path: readonly string[], change: (text: string) => string | undefined): void {
    const name = this.fileOf(path);
    const text = name === undefined ? undefined : change(this.#texts.get(name) ?? "");
    if (name === undefined || text === undefined) this.byHand.push(path.join("/"));
    else this.#texts.set(name, text);
  }

  /** A project is where it is declared, else where it is owned; the rest is in the organization's file. */
  fileOf([block, key]: readonly string[]): string | undefined {
    if (block !== OWNED || key === undefined) return this.main;
    return this.#with((text) => valueAt(text, [OWNED, key]) !== undefined) ?? this.#with((text) => owned(text).includes(key));
  }

  get main(): string | undefined {
    return this.#with((text) => owned(text).length === 0);
  }

  get hasTeams(): boolean {
    return this.#with((text) => owned(text).length > 0) !== undefined;
  }

  textOf(name: string | undefined): string | undefined {
    return this.#texts.get(name ?? "");
  }

  changed(): readonly FileText[] {
    return this.#before.flatMap(({ name, text }) => {
      const now = this.#texts.get(name);
      return now === undefined || now === text ? [] : [{ name, text: now }];
    });
  }

  #with(matches: (text: string) => boolean): string | undefined {
    return [...this.#texts].find(([, text]) => matches(text))?.[0];
  }
}

function owned(text: string): readonly unknown[] {
  const keys = valueAt(text, ["owns", OWNED]);
  return Array.isArray(keys) ? keys : [];
}

/** Keys of the projects that no file has yet. */
function newProjects(edited: Edited, { added }: Merge): readonly string[] {
  const paths = added.objects.map(({ entry }) => entry.path).filter(([block, , ...rest]) => block === OWNED && rest.length === 0);
  return paths.flatMap((path) => (edited.fileOf(path) === undefined ? [path[1] ?? ""] : []));
}

/** A new project gets a file of its own, or stands below the others where a stack has them all in one. */
function withProject(edited: Edited, key: string, { added }: Merge, options: MergeOptions): readonly FileText[] {
  const main = edited.textOf(edited.main) ?? "";
  const isTogether = options.isOneFile || (valueAt(main, [OWNED]) !== undefined && !edited.hasTeams);
  const own = added.objects.filter(({ entry }) => isBelow(entry.path, key));
  const said = isTogether ? main : "adopt: require";
  // What is nested in it is where it is.
  const optionsFor = (path: readonly string[]) => (path.length === 2 ? options : { ...options, on: undefined });
  const valued = own.map((one) => ({
    ...one,
    entry: { ...one.entry, value: adorned(said, one.entry, false, optionsFor(one.entry.path)) },
  }));
  const tree = treeOf(valued);
  const project = (tree[OWNED] as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[key] ?? {};
  if (!isTogether) return [{ name: freeName(edited, key), text: teamText(key, project, options.remarks(key)) }];
  edited.edit([], (text) => withEntry(text, [OWNED, key], project));
  return [];
}

function freeName(edited: Edited, key: string): string {
  let name = fileNameOf(key);
  for (let number = 2; edited.textOf(name) !== undefined; number++) name = fileNameOf(`${key}-${number}`);
  return name;
}

function isBelow([block, key]: readonly string[], project: string): boolean {
  return block === OWNED && key === project;
}

/** The entry with what its surroundings leave to say: that its object is there already, and on which control plane. */
function adorned(text: string, { path, value, mapping }: DeclaredEntry, isAlwaysThere: boolean, { on }: MergeOptions): unknown {
  const said = valueAt(text, [...path.slice(0, -1), "$adopt"]) ?? valueAt(text, ["adopt"]);
  const adopt = isAlwaysThere || said === "require" || said === "ifExists" ? {} : { adopt: "require" };
  const isNested = path[0] === OWNED && path.length > 2;
  const isInherited = isNested && JSON.stringify(valueAt(text, [OWNED, path[1] ?? "", "on"])) === JSON.stringify([on]);
  const plane = on === undefined || isInherited ? {} : { on: [on] };
  const settings = { ...adopt, ...plane };
  return Object.keys(settings).length === 0 ? value : { ...mapping, ...settings };
}

function withLive(text: string, { object, property, text: value, live }: Difference): string | undefined {
  const { keys } = object.declaration;
  const { keyField } = namedObject(object);
  const isScalar = !isRecord(valueAt(text, keys));
  const path = isScalar ? keys : [...keys, ...property];
  if (live === undefined) return property[0] === keyField ? withValue(text, path, null) : withoutEntry(text, path);
  return value === undefined ? undefined : withValue(text, path, value);
}
