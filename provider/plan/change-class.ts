import { CONCERNS, type Concern, type Field, memberOf } from "../../schema/field.js";
import { COMMON_FIELDS, type Kind } from "../../schema/kind.js";
import { kindNamed } from "../../schema/kinds/index.js";

type Values = Readonly<Record<string, unknown>>;

/** The class of a change to one property, by what the descriptors say of the field, of what it stands in, and of what it holds. */
export function classOfProperty(kind: Kind, property: string, ...values: readonly unknown[]): Concern {
  // What every kind has tells how the object is managed, and changes nothing at its control plane.
  if (Object.hasOwn(COMMON_FIELDS, property.split(".")[0] ?? "")) return "cosmetic";
  const path = fieldsAlong(kind, property.split("."));
  const held = path.at(-1);
  const fields = [...path, ...(held === undefined ? [] : values.flatMap((value) => fieldsWithin(held, value)))];
  const said = fields.flatMap((field) => ownWord(field) ?? []);
  // A reference can make it worse than the kind is, and never milder.
  const usual = said.length > 0 || kind.about === undefined ? [] : [kind.about];
  return worst([...said, ...usual, ...fields.flatMap(referredClass)]) ?? "cosmetic";
}

/** The class of the loss, or the unasked presence, of an object with these inputs: the worst of what it is and what it says. */
export function classOfObject(kind: Kind, inputs: Values): Concern {
  const said = Object.entries(inputs).flatMap(([name, value]) =>
    Object.hasOwn(kind.fields, name) ? [classOfProperty(kind, name, value)] : [],
  );
  return worst([...said, ...(kind.about === undefined ? [] : [kind.about])]) ?? "cosmetic";
}

/** The worst of several classes; undefined of none. */
export function worst(classes: readonly Concern[]): Concern | undefined {
  return CONCERNS.find((one) => classes.includes(one));
}

function fieldsAlong(kind: Kind, [first = "", ...rest]: readonly string[]): readonly Field[] {
  const fields: Field[] = [];
  let field = Object.hasOwn(kind.fields, first) ? kind.fields[first] : undefined;
  for (const name of [...rest, ""]) {
    if (field === undefined) break;
    fields.push(field);
    field = describedMember(field, name);
  }
  return fields;
}

/** What everything inherits (`valueOf`) describes nothing. */
function describedMember(field: Field, name: string): Field | undefined {
  return field.fields !== undefined && !Object.hasOwn(field.fields, name) ? undefined : memberOf(field, name);
}

/** What a field says by itself: its own word, else that it is a ceiling, on money or on a rate, which is a whole number. */
function ownWord({ flags, schema }: Field): Concern | undefined {
  if (flags.about !== undefined) return flags.about;
  if (flags.cap === undefined) return undefined;
  return schema.type === "integer" ? "availability" : "money";
}

function referredClass({ flags, reference }: Field): readonly Concern[] {
  const referred = flags.about === undefined && reference !== undefined ? kindNamed(reference.kind)?.about : undefined;
  return referred === undefined ? [] : [referred];
}

/** The fields of what a value holds, at any depth. */
function fieldsWithin(field: Field, value: unknown): readonly Field[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const member = describedMember(field, name);
    return member === undefined ? [] : [member, ...fieldsWithin(member, inner)];
  });
}
