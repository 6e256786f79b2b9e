import type { Field, Fields } from "../../../schema/field.js";
import { inputFields, type Kind, ownerField } from "../../../schema/kind.js";

/** Fields that a request may carry: the kind's inputs without those the server never takes. The owner stands in the address. */
export function writableFields(kind: Kind): Fields {
  const owner = ownerField(kind);
  return Object.fromEntries(
    Object.entries(inputFields(kind))
      .filter(([name, field]) => name !== owner && !field.flags.local && !field.flags.asserted)
      .map(([name, field]) => [name, asSent(field)]),
  );
}

/** On the wire a secret is its value: where a client found it is the client's affair. */
function asSent(field: Field): Field {
  return field.flags.secret ? { ...field, schema: { type: "string", minLength: 1 } } : field;
}

/** Why a property that is not writable is refused. */
export function whyNotWritable(kind: Kind, name: string): string {
  const flags = kind.fields[name]?.flags;
  if (flags?.computed) return "is assigned by the control plane: leave it out";
  if (flags?.asserted) return "cannot be written: it is what the organization has, not what it declares";
  if (flags?.local) return "is not kept by the control plane: leave it out";
  return `is no property of ${kind.name}`;
}
