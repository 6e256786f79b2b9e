import { ownerField } from "../../schema/kind.js";
import type { Entry } from "./entries.js";
import type { Problem } from "./model.js";
import { positionIn } from "./references.js";
import { renderPosition } from "./stack-problems.js";

/** An entry with its inputs in plain values. */
export interface PlainEntry {
  readonly entry: Entry;
  readonly plain: Readonly<Record<string, unknown>>;
}

/** Entries of one control plane that name the same object: the control plane tells them apart by natural key, whatever their paths. */
export function duplicateProblems(entries: readonly PlainEntry[]): readonly Problem[] {
  const first = new Map<string, Entry>();
  return entries.flatMap((one) => {
    const { entry } = one;
    const property = entry.kind.key.find((name) => one.plain[name] !== undefined);
    if (property === undefined) return [];
    const identity = identityOf(one, property);
    const other = first.get(identity);
    if (other === undefined) first.set(identity, entry);
    return other === undefined || other.name === entry.name ? [] : [duplicate(entry, other, property)];
  });
}

function identityOf({ entry, plain }: PlainEntry, property: string): string {
  const scope = entry.kind.keyScope ?? ownerField(entry.kind);
  const value = String(plain[property]);
  const folded = entry.kind.fields[property]?.flags.caseInsensitive === true ? value.toLowerCase() : value;
  return JSON.stringify([entry.kindName, scope === undefined ? null : (plain[scope] ?? null), property, folded]);
}

function duplicate(entry: Entry, other: Entry, property: string): Problem {
  const place = `${other.node.path.join(".")} (${renderPosition(positionIn(other, property))})`;
  return {
    position: positionIn(entry, property),
    path: [...entry.node.path, property].join("."),
    message: `is the ${property} of ${place} too, which names the same ${entry.kindName}: change one, or remove one`,
  };
}
