import type { Adapter } from "../adapters/adapter.js";
import { matchesPattern } from "../lifecycle/matches-pattern.js";
import { isRecord } from "../lifecycle/values.js";
import type { Stack } from "../stackfile/index.js";
import { type DeclaredObject, declaredObjects, namedObject } from "./declared-objects.js";
import { type PropertyDifference, propertyDifferences } from "./differences.js";
import { textsOf } from "./entry-texts.js";
import { type Exported, type ExportedObject, exportedObjects } from "./exported.js";
import { type Listed, leftOut } from "./left-out.js";
import { namesAmong } from "./names.js";
import { ownerIdAt, placeOf } from "./place.js";

/** A declared property that the control plane holds otherwise, with what a file would have to say. */
export interface Difference extends PropertyDifference {
  readonly object: DeclaredObject;
  /** What to write; undefined where the property goes, or where no word of the stack says it. */
  readonly text: unknown;
}

/** What a live control plane has that a stack does not say, and the other way round. */
export interface Merge {
  readonly added: Exported;
  readonly differences: readonly Difference[];
  /** Declared, and not at the control plane: dotted paths. */
  readonly missing: readonly string[];
}

/** Compares a stack with its live control plane. What `$ignore` names stays undeclared. */
export function mergeOf(adapter: Adapter, stack: Stack, controlPlane: string, listed: readonly Listed[], today: string): Merge {
  const own = stack.declarations.filter((declaration) => declaration.controlPlane === controlPlane);
  const { there, missing } = declaredObjects(adapter, own, listed);
  const declared = there.map(namedObject);
  const all = exportedObjects(adapter, listed, { today, declared, isDeclared: isOneOf(there) });
  const ignored = all.objects.filter((object) => ignoreRule(stack, controlPlane, object) !== undefined);
  const added: Exported = {
    objects: all.objects.filter((object) => !ignored.includes(object)),
    leftOut: [...all.leftOut, ...ignored.map((one) => leftOut(one, `is left alone: ${ignoreRule(stack, controlPlane, one)?.reason}`))],
  };
  const names = namesAmong(declared);
  const differences = there.flatMap((object) =>
    propertyDifferences(adapter, object.kind, object.inputs, object.remote).map((one) => {
      const owner = ownerOf(object);
      const written = textsOf({ adapter, names, owner }, object.kind, nested(one.property, one.live));
      return { ...one, object, text: written.problems.length > 0 ? undefined : at(written.values, one.property) };
    }),
  );
  return { added, differences, missing: missing.map(({ path }) => path) };
}

function isOneOf(there: readonly DeclaredObject[]): (listed: Listed) => boolean {
  const remotes = new Set(there.map(({ remote }) => remote));
  return ({ remote }) => remotes.has(remote);
}

function ignoreRule({ ignore }: Stack, controlPlane: string, { kind, remote, entry }: ExportedObject): Stack["ignore"][number] | undefined {
  const { name } = leftOut({ kind, remote }, "");
  const owner = entry.path.slice(0, 2).join("/");
  return ignore.find(
    (rule) =>
      rule.kind === kind.name &&
      rule.controlPlane === controlPlane &&
      (rule.owner === undefined || rule.owner.endsWith(owner)) &&
      matchesPattern(name, rule.match),
  );
}

function ownerOf({ kind, inputs }: DeclaredObject): string | undefined {
  const placed = placeOf(kind, inputs);
  return placed === undefined ? undefined : ownerIdAt(placed, inputs);
}

function nested(path: readonly string[], value: unknown): Readonly<Record<string, unknown>> {
  return path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as Readonly<Record<string, unknown>>;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, step) => (isRecord(inner) ? inner[step] : undefined), value);
}
