import type { Fields } from "../../../schema/field.js";
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
    if (field?.flags.secret) {
      hidden[`${prefix}${name}`] = hashPassword(String(value));
    } else if (field?.fields !== undefined && isValues(value)) {
      const inner = splitSecrets(field.fields, value, `${prefix}${name}.`);
      shown[name] = inner.shown;
      Object.assign(hidden, inner.hidden);
    } else {
      shown[name] = value;
    }
  }
  return { shown, hidden };
}
