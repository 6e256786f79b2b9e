import { type Kind, ownerField } from "../../schema/kind.js";

/** What is needed to address one object. */
export interface ObjectAddress {
  readonly owner: string | undefined;
  readonly id: string;
}

/** The stable id that the state holds: all that a read needs, `owner/id` for kinds that are listed below one. */
export function formatObjectId(kind: Kind, address: ObjectAddress): string {
  return ownerField(kind) === undefined ? address.id : `${encodeURIComponent(address.owner ?? "")}/${encodeURIComponent(address.id)}`;
}

export function parseObjectId(kind: Kind, text: string): ObjectAddress {
  if (ownerField(kind) === undefined) return { owner: undefined, id: text };
  const [owner = "", id = ""] = text.split("/").map(decodeURIComponent);
  return { owner, id };
}
