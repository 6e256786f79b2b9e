import type { Field } from "../../schema/field.js";

export type Values = Readonly<Record<string, unknown>>;

/** What a person is told instead of a secret: where to find it. Never the value. */
function secretSource(value: unknown): unknown {
  const { env, file, version } = (typeof value === "object" && value !== null ? value : {}) as {
    env?: string;
    file?: string;
    version?: number;
  };
  const again = version === undefined ? "" : ` (version ${version})`;
  if (env !== undefined) return `from env ${env}${again}`;
  return file === undefined ? "a secret" : `from file ${file}${again}`;
}

/** The values with every secret in them replaced by where it is found. */
export function withoutSecrets(field: Field | undefined, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (field?.flags.secret) return secretSource(value);
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(field?.items, item));
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withoutSecrets(field?.fields?.[name] ?? field?.items, item)]),
  );
}

/** A value as a person types it into a form; of a list of objects each by its members. */
export function typed(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  // A form takes no exponents, which small prices would be written with.
  if (typeof value === "number") return value.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 });
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (value.every(isPlain)) return value.map(typed).join(", ");
  return value.every(isFlat) ? value.map(membersOf).join("; ") : JSON.stringify(value);
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function isFlat(value: unknown): value is Values {
  return !isPlain(value) && !Array.isArray(value) && Object.values(value as Values).every(isPlain);
}

function membersOf(value: Values): string {
  return Object.entries(value)
    .map(([name, item]) => `${name} ${typed(item)}`)
    .join(", ");
}

/** The parts of a path as a person reads them: `Rates: requests per minute`. */
export function labelOf(parts: readonly string[]): string {
  const text = parts.join(": ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The same text for the same values, whatever the order of their keys. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? "";
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && item !== null)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  );
}
