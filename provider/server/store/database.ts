import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Raised whenever the tables change: a file of another version is refused, not guessed at. */
const SCHEMA_VERSION = "2";

const TABLES = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE objects (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, owner TEXT NOT NULL, id TEXT NOT NULL,
  body TEXT NOT NULL, hidden TEXT NOT NULL, builtIn INTEGER NOT NULL, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL,
  UNIQUE (kind, owner, id)) STRICT;
CREATE INDEX objectsByKind ON objects (kind, seq);
CREATE TABLE credentials (
  id TEXT PRIMARY KEY, purpose TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, name TEXT NOT NULL,
  createdAt TEXT NOT NULL, expiresAt TEXT, lastUsedAt TEXT) STRICT;
CREATE INDEX credentialsBySubject ON credentials (subject, purpose);
CREATE TABLE idempotency (
  actor TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL, object TEXT NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY (actor, key)) STRICT;
CREATE TABLE usage (
  at INTEGER NOT NULL, key TEXT NOT NULL, project TEXT NOT NULL, environment TEXT, model TEXT NOT NULL,
  inputTokens INTEGER NOT NULL, outputTokens INTEGER NOT NULL, costNanoUsd INTEGER NOT NULL) STRICT;
CREATE INDEX usageByTime ON usage (at);
CREATE INDEX usageByKey ON usage (key, at);
CREATE INDEX usageByProject ON usage (project, at);
CREATE INDEX usageByEnvironment ON usage (environment, at);
CREATE TABLE reachedCaps (scope TEXT PRIMARY KEY) STRICT;
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, kind TEXT NOT NULL,
  object TEXT NOT NULL, before TEXT, after TEXT) STRICT;
CREATE TABLE alertEvents (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, event TEXT NOT NULL, kind TEXT NOT NULL, object TEXT NOT NULL,
  name TEXT NOT NULL, project TEXT, value REAL, threshold REAL, occasion TEXT NOT NULL) STRICT;
CREATE INDEX alertEventsByObject ON alertEvents (object, event, occasion);
`;

/**
 * Opens the data file, or a database in memory. A new file can be read by its owner only.
 * Throws when the file is no database, or one of another schema version.
 */
export function openDatabase(file: string | undefined): DatabaseSync {
  if (file !== undefined && !existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    closeSync(openSync(file, "a", 0o600));
  }
  const database = new DatabaseSync(file ?? ":memory:");
  try {
    database.exec("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    database.function("folded", { deterministic: true }, (value) => (typeof value === "string" ? value.toLowerCase() : value));
    makeTables(database, file);
    return database;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === 26)
      throw new Error(`${file} is not a SQLite database: name another data file`, { cause: error });
    throw error;
  }
}

function makeTables(database: DatabaseSync, file: string | undefined): void {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  if (tables.length === 0) {
    database.exec(`BEGIN; ${TABLES} INSERT INTO meta VALUES ('schemaVersion', '${SCHEMA_VERSION}'); COMMIT`);
    return;
  }
  const version = tables.some((t) => t.name === "meta")
    ? database.prepare("SELECT value FROM meta WHERE name = 'schemaVersion'").get()?.value
    : undefined;
  if (version === SCHEMA_VERSION) return;
  throw new Error(
    `the data file ${file} has schema version ${version ?? "(none)"}, this version of Gatehouse writes ${SCHEMA_VERSION}: ` +
      "use the version that wrote it, or name another data file",
  );
}
