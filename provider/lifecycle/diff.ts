import type { Field } from "../../schema/field.js";
import { inputFields, type Kind } from "../../schema/kind.js";
import { hasUnknown } from "../../schema/unknown.js";
import { sameValue, type Values } from "./values.js";

export interface Difference {
  /** Properties whose change needs another object. */
  readonly replaces: readonly string[];
  /** The new object cannot stand beside the old one, because they would have the same name. */
  readonly deleteBeforeReplace: boolean;
}

/**
 * What a change from the last known outputs to new inputs needs. Which properties change is the engine's to say. An unknown value
 * is no reason to replace, except in a reference by id: an id stays known through every update, so an unknown one means that the
 * object referred to is made anew, and what is fixed to it must follow.
 */
export function diff(kind: Kind, olds: Values, news: Values): Difference {
  const fields = inputFields(kind);
  const replaces = Object.entries(fields)
    .filter(
      ([name, field]) =>
        field.flags.replace && (field.flags.renewsSecret ? isRaised(olds, news, name) : changed(field, olds[name], news[name])),
    )
    .map(([name]) => name);
  if (needsNewObject(kind, olds, news)) replaces.push(kind.custody?.renewedBy ?? "");
  const deleteBeforeReplace = kind.key.some((name) => {
    const field = fields[name];
    return field !== undefined && olds[name] !== undefined && sameValue(field, olds[name], news[name]);
  });
  return { replaces, deleteBeforeReplace };
}

function changed(field: Field, before: unknown, after: unknown): boolean {
  return hasUnknown(after) ? field.reference?.by === "id" : !sameValue(field, before, after);
}

/** True when the object gives no access any more and a person decided, by raising `renewedBy`, that a new one be made. */
function needsNewObject(kind: Kind, olds: Values, news: Values): boolean {
  const { custody } = kind;
  if (custody === undefined || !custody.ended.includes(String(olds[custody.statusField]))) return false;
  return isRaised(olds, news, custody.renewedBy);
}

/** True when the number in this property was raised. */
export function isRaised(olds: Values, news: Values, property: string): boolean {
  const [before, after] = [olds[property] ?? 0, news[property]];
  return typeof after === "number" && typeof before === "number" && after > before;
}
