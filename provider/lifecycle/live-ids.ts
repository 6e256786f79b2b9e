import { idField, type Kind } from "../../schema/kind.js";
import { formatObjectId, parseObjectId } from "./object-id.js";

type Values = Readonly<Record<string, unknown>>;

/**
 * Id at the control plane of the object that is in use. The id in the state stays what it was when the object was made; after a rotation
 * with overlap another object has taken its place, and the outputs name it.
 */
export function idInUse(kind: Kind, objectId: string, outputs: Values): string {
  const own = idField(kind);
  const named = kind.custody === undefined || own === undefined ? undefined : outputs[own];
  return typeof named === "string" && named !== "" ? named : parseObjectId(kind, objectId).id;
}

/** Ids at the control plane of everything that an object in the state stands for: the one in use first, then the one that is retiring. */
export function liveIds(kind: Kind, objectId: string, outputs: Values): readonly string[] {
  const { keyId } = (outputs.retiring ?? {}) as { readonly keyId?: string };
  return [idInUse(kind, objectId, outputs), ...(keyId === undefined ? [] : [keyId])];
}

/** The same ids as the state would hold them. */
export function objectIds(kind: Kind, objectId: string, outputs: Values): readonly string[] {
  const { owner } = parseObjectId(kind, objectId);
  return liveIds(kind, objectId, outputs).map((id) => formatObjectId(kind, { owner, id }));
}
