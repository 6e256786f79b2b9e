import { type Kind, ownerField } from "../../schema/kind.js";
import type { Remote } from "../adapters/adapter.js";
import { NotFound } from "../errors.js";
import { isEnded } from "./is-ended.js";
import type { Session } from "./session.js";
import { sameValue, type Values } from "./values.js";

/** The owner's id in a set of inputs, for kinds that are listed below one. */
export function ownerOf(kind: Kind, inputs: Values): string | undefined {
  const field = ownerField(kind);
  return field === undefined ? undefined : String(inputs[field] ?? "");
}

/** True when the object is the one that the inputs name by natural key. An ended object has given its name free. */
export function isNamedBy(kind: Kind, inputs: Values, remote: Remote): boolean {
  if (kind.singleton) return true;
  if (isEnded(kind, remote.values) || !sameScope(kind, inputs, remote)) return false;
  const keyName = kind.key.find((name) => inputs[name] !== undefined);
  const field = keyName === undefined ? undefined : kind.fields[keyName];
  if (keyName === undefined || field === undefined) return kind.key.every((name) => remote.values[name] === undefined);
  return sameValue(field, inputs[keyName], remote.values[keyName]);
}

function sameScope(kind: Kind, inputs: Values, remote: Remote): boolean {
  const field = kind.keyScope === undefined ? undefined : kind.fields[kind.keyScope];
  return kind.keyScope === undefined || field === undefined || sameValue(field, inputs[kind.keyScope], remote.values[kind.keyScope]);
}

/** The object of this natural key as it is now. Never from a shared list: what is decided on it must not be stale. */
export async function findByKey(session: Session, kind: Kind, inputs: Values): Promise<Remote | undefined> {
  const remotes = await session.objects(kind).list(ownerOf(kind, inputs));
  return remotes.find((remote) => isNamedBy(kind, inputs, remote));
}

/** Takes an object away that may be gone already. */
export async function removeIfThere(session: Session, kind: Kind, owner: string | undefined, id: string): Promise<void> {
  try {
    await session.objects(kind).remove(owner, id);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
}
