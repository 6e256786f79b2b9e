import type { Field } from "../../schema/field.js";
import { inputFields, type Kind } from "../../schema/kind.js";
import { hasUnknown } from "../../schema/unknown.js";
import { isRaised } from "../rotation/raised.js";
import { rotationOf } from "../rotation/rotation-of.js";
import { isEnded } from "./is-ended.js";
import { sameValue, type Values } from "./values.js";

export interface Difference {
  /** True when there is something to do though no input changed. Otherwise the engine compares the inputs itself. */
  readonly changes?: true;
  /** Properties whose change needs another object. */
  readonly replaces: readonly string[];
  /** The new object cannot stand beside the old one, because they would have the same name. */
  readonly deleteBeforeReplace: boolean;
}

/**
 * What a change from the last known outputs to new inputs needs, at a point in time. Which properties change is the engine's to say. An
 * unknown value is no reason to replace, except in a reference by id: an id stays known through every update, so an unknown one means
 * that the object referred to is made anew, and what is fixed to it must follow.
 */
export function diff(kind: Kind, olds: Values, news: Values, now = new Date()): Difference {
  const fields = inputFields(kind);
  const rotation = rotationOf(kind, olds, news, now);
  const replaces = Object.entries(fields)
    .filter(
      ([name, field]) =>
        field.flags.replace && (field.flags.renewsSecret ? rotation?.step === "renew" : changed(field, olds[name], news[name])),
    )
    .map(([name]) => name);
  if (needsNewObject(kind, olds, news)) replaces.push(kind.custody?.renewedBy ?? "");
  const deleteBeforeReplace = kind.key.some((name) => {
    const field = fields[name];
    return field !== undefined && olds[name] !== undefined && sameValue(field, olds[name], news[name]);
  });
  return { ...(rotation?.byClock ? { changes: true } : {}), replaces: [...new Set(replaces)], deleteBeforeReplace };
}

function changed(field: Field, before: unknown, after: unknown): boolean {
  return hasUnknown(after) ? field.reference?.by === "id" : !sameValue(field, before, after);
}

/** True when the object gives no access any more and a person decided, by raising `renewedBy`, that a new one be made. */
function needsNewObject(kind: Kind, olds: Values, news: Values): boolean {
  return kind.custody !== undefined && isEnded(kind, olds) && isRaised(olds, news, kind.custody.renewedBy);
}
