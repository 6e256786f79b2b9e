import { isIP } from "node:net";
import type { Problem } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import { startOfHour } from "../gateway/periods.js";
import { randomToken } from "../hashes.js";
import { writeObject } from "../objects/write-object.js";
import { conflict } from "../refusal.js";
import type { StoredObject, Values } from "../store/objects.js";
import type { ActionResult, KindRules } from "./kind-rules.js";

/** A key is a secret that is shown once. It is never removed: a revoked key stays readable, so that history keeps its name. */
export const apiKey: KindRules = {
  check: (_context, after) => ipProblems(after.ipAllowList),
  beforeCreate: (_context, draft) => ({ ...draft, body: { ...draft.body, status: "active" } }),
  issueSecret: issueToken,
  beforeUpdate: (_context, before) => refuseRevoked(before),
  endInstead: revoke,
  present: (context, object) => ({
    status: keyStatus(context, object),
    lastUsedAt: context.store.credentials.list(object.id, "key")[0]?.lastUsedAt,
  }),
  actions: {
    rotate: { run: rotate },
    disable: { run: (context, object) => setStatus(context, object, "disable", "disabled"), worksInArchive: true },
    enable: { run: (context, object) => setStatus(context, object, "enable", "active") },
  },
};

/** The status as it is now: a key that spent its hourly cap is paused until the hour is over. */
export function keyStatus(context: Pick<Context, "store" | "now">, key: StoredObject): string {
  const { hourlyUsd, status } = key.body;
  if (status !== "active" || typeof hourlyUsd !== "number") return String(status);
  return context.store.usage.spentUsd({ key: key.id }, startOfHour(context.now)) >= hourlyUsd ? "paused" : "active";
}

function issueToken(context: Context, object: StoredObject): { object: StoredObject; revealed: Values } {
  const { store, profile, now } = context;
  const token = randomToken(profile.tokenPrefixes.key);
  store.credentials.add({ purpose: "key", secret: token, subject: object.id, now });
  const maskedToken = `${profile.tokenPrefixes.key}…${token.slice(-4)}`;
  return { object: { ...object, body: { ...object.body, maskedToken } }, revealed: { token } };
}

function rotate(context: Context, object: StoredObject): ActionResult {
  refuseRevoked(object);
  context.store.credentials.removeAllOf(object.id, "key");
  const issued = issueToken(context, object);
  return { status: 200, object: writeObject(context, "rotate", object, issued.object.body), revealed: issued.revealed };
}

function setStatus(context: Context, object: StoredObject, action: string, status: string): ActionResult {
  refuseRevoked(object);
  return { status: 200, object: writeObject(context, action, object, { ...object.body, status }) };
}

function revoke(context: Context, object: StoredObject): void {
  if (object.body.status !== "revoked") writeObject(context, "revoke", object, { ...object.body, status: "revoked" });
}

function refuseRevoked(key: StoredObject): void {
  if (key.body.status !== "revoked") return;
  throw conflict(`key "${key.body.name}" is revoked for good: create another one`, "key_revoked");
}

function ipProblems(addresses: unknown): Problem[] {
  if (!Array.isArray(addresses)) return [];
  return addresses.flatMap((entry, index) =>
    isRange(String(entry)) ? [] : [{ property: `ipAllowList.${index}`, reason: `"${entry}" is no IP address or CIDR range` }],
  );
}

function isRange(entry: string): boolean {
  const [address = "", bits, ...rest] = entry.split("/");
  const family = isIP(address);
  return family !== 0 && rest.length === 0 && (bits === undefined || Number(bits) <= (family === 4 ? 32 : 128));
}
