import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { hashToken, sameHash } from "../hashes.js";

/** `key` calls models; `management` and `session` (an hour, from a login) manage objects; `invitation` is used up by accepting it. */
export type Purpose = "key" | "management" | "session" | "invitation";

/** A random secret that gives access, known by its hash only. */
export interface Credential {
  readonly id: string;
  readonly purpose: Purpose;
  /** Id of the member or key that it stands for. */
  readonly subject: string;
  readonly name: string;
  readonly createdAt: string;
  readonly expiresAt: string | undefined;
  readonly lastUsedAt: string | undefined;
}

export interface NewCredential {
  readonly purpose: Purpose;
  readonly secret: string;
  readonly subject: string;
  readonly name?: string;
  readonly now: Date;
  readonly expiresAt?: string;
}

export type CredentialTable = ReturnType<typeof credentialTable>;

/** The hashes of all tokens and codes. */
export function credentialTable(database: DatabaseSync) {
  const insert = database.prepare("INSERT INTO credentials VALUES (?, ?, ?, ?, ?, ?, ?, NULL)");
  const byHash = database.prepare("SELECT * FROM credentials WHERE hash = ?");
  const bySubject = database.prepare("SELECT * FROM credentials WHERE subject = ? AND purpose = ? ORDER BY createdAt, id");
  const remove = database.prepare("DELETE FROM credentials WHERE id = ?");
  const removeOf = database.prepare("DELETE FROM credentials WHERE subject = ? AND (? IS NULL OR purpose = ?)");
  const used = database.prepare("UPDATE credentials SET lastUsedAt = ? WHERE id = ?");

  return {
    add({ purpose, secret, subject, name = "", now, expiresAt }: NewCredential): string {
      const id = randomUUID();
      insert.run(id, purpose, hashToken(secret), subject, name, now.toISOString(), expiresAt ?? null);
      return id;
    },
    /** The credential of this secret, expired or not. */
    of(secret: string): Credential | undefined {
      const hash = hashToken(secret);
      const row = byHash.get(hash);
      return row !== undefined && sameHash(String(row.hash), hash) ? credentialOf(row) : undefined;
    },
    list: (subject: string, purpose: Purpose): Credential[] => bySubject.all(subject, purpose).map(credentialOf),
    remove: (id: string): void => void remove.run(id),
    /** Ends all credentials of a member or key, or those of one purpose. */
    removeAllOf: (subject: string, purpose?: Purpose): void => void removeOf.run(subject, purpose ?? null, purpose ?? null),
    markUsed: (id: string, at: Date): void => void used.run(at.toISOString(), id),
  };
}

function credentialOf(row: Record<string, unknown>): Credential {
  return {
    id: String(row.id),
    purpose: row.purpose as Purpose,
    subject: String(row.subject),
    name: String(row.name),
    createdAt: String(row.createdAt),
    expiresAt: row.expiresAt === null ? undefined : String(row.expiresAt),
    lastUsedAt: row.lastUsedAt === null ? undefined : String(row.lastUsedAt),
  };
}

/** True from the moment on that the date or time names. */
export function isPast(expiresAt: unknown, now: Date): boolean {
  return typeof expiresAt === "string" && Date.parse(expiresAt) <= now.getTime();
}
