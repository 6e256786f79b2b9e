import type { Kind } from "../../schema/kind.js";

/** What names an object at its control plane. */
interface Named {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The natural key of an object, as a stack file writes it. */
export function naturalKey(kind: Kind, { id, values }: Named): string {
  const told = kind.key.map((name) => values[name]).filter((value) => value !== undefined && value !== null);
  return String(told[0] ?? id);
}

/** Everything by which a declaration may name an object: a system may not keep the one that comes first. */
export function namesOf(kind: Kind, object: Named): readonly string[] {
  return [naturalKey(kind, object), ...kind.key.flatMap((name) => (typeof object.values[name] === "string" ? [object.values[name]] : []))];
}
