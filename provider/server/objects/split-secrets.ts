import { type Field, type Fields, holdsSecret } from "../../../schema/field.js";
import { hashPassword } from "../hashes.js";
import type { Values } from "../store/objects.js";
import { isValues } from "./changed-properties.js";

interface Split {
  /** What may be shown. */
  readonly shown: Values;
  /** Hashes of the write-only secrets, by dotted property. */
  readonly hidden: Readonly<Record<string, string>>;
}

/** Takes the secrets out of a body and leaves only their hashes: nothing here ever needs them in clear again. */
export function splitSecrets(fields: Fields, values: Values, prefix = ""): Split {
  const shown: Record<string, unknown> = {};
  const hidden: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = fields[name];
    if (field?.flags.secret) hidden[`${prefix}${name}`] = hashPassword(String(value));
    else shown[name] = field === undefined ? value : splitWithin(field, value, `${prefix}${name}`, hidden);
  }
  return { shown, hidden };
}

/** What may be shown of a value; the secrets in it are added to `hidden`. */
function splitWithin(field: Field, value: unknown, path: string, hidden: Record<string, string>): unknown {
  if (!holdsSecret(field)) return value;
  if (Array.isArray(value)) return value.map((item, index) => splitWithin(field.items ?? field, item, `${path}.${index}`, hidden));
  if (!isValues(value)) return value;
  const members = field.fields ?? Object.fromEntries(Object.keys(value).map((name) => [name, field.items ?? field]));
  const inner = splitSecrets(members, value, `${path}.`);
  Object.assign(hidden, inner.hidden);
  return inner.shown;
}
