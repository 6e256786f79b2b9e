import { BlockList, isIPv6 } from "node:net";
import { forbidden, unauthorized } from "../refusal.js";
import { isPast } from "../store/credentials.js";
import type { StoredObject } from "../store/objects.js";
import type { Gateway } from "./call.js";

/** The key that a token belongs to. Throws unless it is in use and may be used from this address. */
export function findKey({ store, now }: Gateway, token: string, address: string): { key: StoredObject; credential: string } {
  const credential = store.credentials.of(token);
  const key = credential?.purpose === "key" ? store.objects.get("ApiKey", credential.subject) : undefined;
  if (credential === undefined || key === undefined) throw unauthorized("the token is not that of a key of this control plane");
  const name = `key "${key.body.name}"`;
  if (key.body.status === "revoked") throw unauthorized(`${name} is revoked`, "key_revoked");
  if (key.body.status === "disabled") throw unauthorized(`${name} is disabled`, "key_disabled");
  if (isPast(key.body.expiresAt, now)) throw unauthorized(`${name} has expired`, "key_expired");
  if (!isAllowed(key.body.ipAllowList, address)) throw forbidden(`${name} may not be used from ${address}`, "ip_not_allowed");
  return { key, credential: credential.id };
}

function isAllowed(allowList: unknown, address: string): boolean {
  if (!Array.isArray(allowList)) return true;
  const ranges = new BlockList();
  for (const entry of allowList.map(String)) {
    const [network = "", bits] = entry.split("/");
    const family = isIPv6(network) ? "ipv6" : "ipv4";
    if (bits === undefined) ranges.addAddress(network, family);
    else ranges.addSubnet(network, Number(bits), family);
  }
  return ranges.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
