import type { Kind } from "../schema/kind.js";

/** The engine's envelope around a secret (`rpc.specialSigKey`, `rpc.specialSecretSig`), which the dynamic host passes through. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** What the host adds to every bag of properties. It is no property of ours, and must come back with partial failures. */
const PROVIDER_PROPERTY = "__provider";

export type Bag = Readonly<Record<string, unknown>>;

/** The properties of a bag without what the host added. */
export function propertiesOf(bag: Bag): Bag {
  return Object.fromEntries(Object.entries(bag).filter(([name]) => !name.startsWith("__")));
}

/** A result as the host can carry it: plain JSON without undefined (which would orphan the object), secrets marked as such. */
export function sanitized(kind: Kind | undefined, outputs: Bag, received: Bag): Bag {
  const plain = JSON.parse(JSON.stringify(outputs)) as Record<string, unknown>;
  for (const [name, value] of Object.entries(plain)) {
    if (kind?.fields[name]?.flags.secret && typeof value === "string") plain[name] = { [SIGNATURE]: SECRET_SIGNATURE, value };
  }
  return { ...plain, [PROVIDER_PROPERTY]: received[PROVIDER_PROPERTY] };
}
