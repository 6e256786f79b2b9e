import { ownerField } from "../../schema/kind.js";
import { REMOTE_KINDS } from "../../schema/kinds/index.js";
import type { Values } from "./facts.js";

/** A kind whose objects belong to one of another kind, and the field that says to which. */
interface Belonging {
  readonly kind: string;
  readonly field: string;
  readonly to: string;
}

/**
 * The kinds whose objects go with what they belong to: those listed below it, those whose names are unique within it, and those that
 * are fixed to it for life (a hard-locked key).
 */
const BELONGINGS: readonly Belonging[] = REMOTE_KINDS.flatMap((kind) =>
  Object.entries(kind.fields).flatMap(([field, { reference, flags }]): Belonging[] => {
    if (reference === undefined || reference.by !== "id" || reference.soft) return [];
    const isOwned = field === ownerField(kind) || field === kind.keyScope || flags.replace === true;
    return isOwned ? [{ kind: kind.name, field, to: reference.kind }] : [];
  }),
);

/** The kind and id of everything that an object of these values belongs to. */
export function ownersOf(kind: string, values: Values): readonly { readonly kind: string; readonly id: unknown }[] {
  return BELONGINGS.filter((one) => one.kind === kind && values[one.field] !== undefined).map((one) => ({
    kind: one.to,
    id: values[one.field],
  }));
}
