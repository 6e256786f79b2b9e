import type { Field, Reference as FieldReference } from "../../schema/field.js";
import type { Kind } from "../../schema/kind.js";

/** Something that others may refer to by what people call it. */
export interface Target<T> {
  readonly kind: Kind;
  /** What other entries call it; undefined for a single object. */
  readonly key: string | undefined;
  readonly keyField: string | undefined;
  readonly owner: T | undefined;
  readonly given: Readonly<Record<string, unknown>>;
}

/** Entries of one control plane that others may refer to. */
export interface Targets<T> {
  /** The entry that is meant, for something that belongs to `owner`. */
  find(reference: FieldReference, text: string, owner: T | undefined): T | undefined;
  /** What could have been meant. */
  words(reference: FieldReference, owner: T | undefined): readonly string[];
}

/**
 * Looks among the entries nested in the same owner, then among those of the top level; by key first, then by the property that
 * the reference writes.
 */
export function targetsAmong<T extends Target<T>>(entries: readonly T[]): Targets<T> {
  const byKind = groupedByKind(entries);
  const scopes = (reference: FieldReference, owner: T | undefined) => {
    const ofKind = byKind.get(reference.kind) ?? [];
    const nested = owner === undefined ? [] : ofKind.filter((entry) => entry.owner === owner);
    return [nested, ofKind.filter((entry) => entry.owner === undefined)];
  };
  return {
    find: (reference, text, owner) => {
      const inScope = scopes(reference, owner);
      const byKey = inScope.flatMap((scope) => scope.filter((entry) => same(keyFieldOf(entry), entry.key, text)));
      const byProperty = inScope.flatMap((scope) =>
        scope.filter((entry) => same(entry.kind.fields[reference.by], entry.given[reference.by], text)),
      );
      return byKey[0] ?? byProperty[0];
    },
    words: (reference, owner) => {
      const found = scopes(reference, owner).flat();
      const values = found.flatMap((entry) => [entry.key, entry.given[reference.by]]);
      return [...new Set(values.filter((value) => typeof value === "string"))];
    },
  };
}

function groupedByKind<T extends Target<T>>(entries: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const group = groups.get(entry.kind.name);
    if (group === undefined) groups.set(entry.kind.name, [entry]);
    else group.push(entry);
  }
  return groups;
}

function keyFieldOf<T>(entry: Target<T>): Field | undefined {
  return entry.keyField === undefined ? undefined : entry.kind.fields[entry.keyField];
}

function same(field: Field | undefined, value: unknown, text: string): boolean {
  return (
    value === text || (field?.flags.caseInsensitive === true && typeof value === "string" && value.toLowerCase() === text.toLowerCase())
  );
}
