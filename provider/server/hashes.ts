import { createHash, randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

const SCRYPT_BYTES = 32;

/** Hash under which a random token or code is kept. Such values are long and random, so one round is enough. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Hash of something a person chose: salted and slow. */
export function hashPassword(password: string): string {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString("hex")}$${scryptSync(password, salt, SCRYPT_BYTES).toString("hex")}`;
}

/** A hash that no password matches; comparing with it takes as long as with a real one. */
const NO_PASSWORD = `scrypt$${"00".repeat(16)}$${"00".repeat(SCRYPT_BYTES)}`;

/** Takes the same time whether or not there is a hash to compare with. */
export function isPassword(password: string, hash: string | undefined): boolean {
  const [, salt = "", expected = ""] = (hash ?? NO_PASSWORD).split("$");
  const matches = sameHash(scryptSync(password, Buffer.from(salt, "hex"), SCRYPT_BYTES).toString("hex"), expected);
  return matches && hash !== undefined;
}

/** Compares two hexadecimal hashes in constant time. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one, "hex"), Buffer.from(other, "hex")];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** 32 random bytes in 43 base64url characters behind a prefix that says what they are for. */
export function randomToken(prefix: string): string {
  return `${prefix}${randomBytes(32).toString("base64url")}`;
}
