import type { Field, Reference as FieldReference } from "../../schema/field.js";
import type { Entry } from "./entries.js";

/** Entries of one control plane that others may refer to, by what people call them. */
export interface Targets {
  /** The entry that is meant, for something that belongs to `owner`. */
  find(reference: FieldReference, text: string, owner: Entry | undefined): Entry | undefined;
  /** What could have been meant. */
  words(reference: FieldReference, owner: Entry | undefined): readonly string[];
}

/**
 * Looks among the entries nested in the same owner, then among those of the top level; by key first, then by the property that
 * the reference writes.
 */
export function targetsAmong(entries: readonly Entry[]): Targets {
  const byKind = groupedByKind(entries);
  const scopes = (reference: FieldReference, owner: Entry | undefined) => {
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

function groupedByKind(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.kindName);
    if (group === undefined) groups.set(entry.kindName, [entry]);
    else group.push(entry);
  }
  return groups;
}

function keyFieldOf(entry: Entry): Field | undefined {
  return entry.keyField === undefined ? undefined : entry.kind.fields[entry.keyField];
}

function same(field: Field | undefined, value: unknown, text: string): boolean {
  return (
    value === text || (field?.flags.caseInsensitive === true && typeof value === "string" && value.toLowerCase() === text.toLowerCase())
  );
}
