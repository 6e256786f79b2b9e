import { type Field, memberOf } from "../../schema/field.js";
import { inputFields } from "../../schema/kind.js";
import type { Entry } from "../stackfile/entries.js";

/** A value that an entry writes, with its dotted path. Members of described objects stand for themselves, lists as a whole. */
export interface WrittenField {
  readonly path: string;
  readonly value: unknown;
}

/** Everything that an entry writes itself, besides its key. */
export function fieldsOf({ kind, given, keyField }: Entry): readonly WrittenField[] {
  const fields = inputFields(kind);
  return Object.entries(given).flatMap(([name, value]) => (name === keyField ? [] : leaves(fields[name], name, value)));
}

function leaves(field: Field | undefined, path: string, value: unknown): readonly WrittenField[] {
  const isDescribed =
    field?.fields !== undefined && !field.flags.secret && typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isDescribed) return [{ path, value }];
  return Object.entries(value).flatMap(([name, item]) => leaves(memberOf(field, name), `${path}.${name}`, item));
}
