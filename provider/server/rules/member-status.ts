import type { Context } from "../context.js";
import { isPast } from "../store/credentials.js";
import type { StoredObject } from "../store/objects.js";

export type MemberStatus = "pending" | "active" | "expired";

/** `pending` until the person joins; `expired` when the membership, or the invitation before that, ran out. */
export function memberStatus({ store, now }: Pick<Context, "store" | "now">, member: StoredObject): MemberStatus {
  if (isPast(member.body.expiresAt, now)) return "expired";
  if (member.body.status === "active") return "active";
  const [invitation] = store.credentials.list(member.id, "invitation");
  return isPast(invitation?.expiresAt, now) ? "expired" : "pending";
}
