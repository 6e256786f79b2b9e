import { createHash } from "node:crypto";

/** First digits of a secret's SHA-256, to recognise it by. */
export function fingerprintOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex").slice(0, 12);
}
