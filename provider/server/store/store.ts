import type { DatabaseSync } from "node:sqlite";
import { type AlertEventTable, alertEventTable } from "./alert-events.js";
import { type AuditTable, auditTable } from "./audit.js";
import { type CredentialTable, credentialTable } from "./credentials.js";
import { openDatabase } from "./database.js";
import { type IdempotencyTable, idempotencyTable } from "./idempotency.js";
import { type ObjectTable, objectTable } from "./objects.js";
import { type UsageTable, usageTable } from "./usage.js";

/** All that the control plane remembers. */
export interface Store {
  readonly objects: ObjectTable;
  readonly credentials: CredentialTable;
  readonly idempotency: IdempotencyTable;
  readonly usage: UsageTable;
  readonly audit: AuditTable;
  readonly alertEvents: AlertEventTable;
  /** Settings of the data file itself. */
  setting(name: string): string | undefined;
  setSetting(name: string, value: string): void;
  /** Does all of it or nothing. What is thrown inside undoes everything and is thrown on. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Opens the store in a file, or in memory. */
export function openStore(file: string | undefined): Store {
  const database = openDatabase(file);
  const setting = database.prepare("SELECT value FROM meta WHERE name = ?");
  const setSetting = database.prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)");
  return {
    objects: objectTable(database),
    credentials: credentialTable(database),
    idempotency: idempotencyTable(database),
    usage: usageTable(database),
    audit: auditTable(database),
    alertEvents: alertEventTable(database),
    setting: (name) => setting.get(name)?.value as string | undefined,
    setSetting: (name, value) => void setSetting.run(name, value),
    transaction: (work) => inTransaction(database, work),
    close: () => database.close(),
  };
}

function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
