import type { Field } from "../../schema/field.js";
import { inputFields } from "../../schema/kind.js";
import type { Draft, DraftEntry } from "./draft.js";

/** A text in an entry that names an object of another kind. */
export interface Naming {
  /** Top field that holds it. */
  readonly field: string;
  /** Kind that is named. */
  readonly kind: string;
  /** Property by which it is named: its `id`, or the field that other objects know it by. */
  readonly by: string;
  readonly text: string;
}

/** Everything in an entry that names other objects, besides what it is nested in. */
export function namingsIn(entry: DraftEntry): readonly Naming[] {
  const found: Naming[] = [];
  for (const [name, value] of Object.entries(entry.given)) {
    mapped(inputFields(entry.kind)[name], value, (text, { kind, by }) => {
      found.push({ field: name, kind, by, text });
      return text;
    });
  }
  return found;
}

/** Names other objects anew in an entry. `newName` answers undefined where a name stays. */
export function renameIn(draft: Draft, entry: DraftEntry, kind: string, newName: (text: string) => string | undefined): boolean {
  let isChanged = false;
  for (const [name, value] of Object.entries(entry.given)) {
    let isFieldChanged = false;
    const after = mapped(inputFields(entry.kind)[name], value, (text, reference) => {
      const renamed = reference.kind === kind ? newName(text) : undefined;
      if (renamed === undefined || renamed === text) return text;
      isFieldChanged = true;
      return renamed;
    });
    if (isFieldChanged) draft.set(entry, name, after);
    isChanged ||= isFieldChanged;
  }
  return isChanged;
}

function mapped(
  field: Field | undefined,
  value: unknown,
  change: (text: string, reference: NonNullable<Field["reference"]>) => string,
): unknown {
  if (field === undefined) return value;
  if (typeof value === "string") return field.reference === undefined ? value : change(value, field.reference);
  if (Array.isArray(value)) return value.map((item) => mapped(field.items, item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(field.fields?.[name] ?? field.items, item, change)]));
}
