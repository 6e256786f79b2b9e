import { SECRET_VARIABLE_PATTERN } from "../../schema/field.js";

const VARIABLE = new RegExp(SECRET_VARIABLE_PATTERN);

/** Variables and files that a value takes secrets from, by name. */
export function secretSourcesIn(value: unknown): readonly string[] {
  return [...new Set(found(value))].toSorted();
}

function found(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const { env, file } = value as { env?: unknown; file?: unknown };
  if (typeof env === "string" && VARIABLE.test(env)) return [env];
  if (typeof file === "string" && Object.keys(value).every((name) => ["file", "version"].includes(name))) return [`file ${file}`];
  return Object.values(value).flatMap(found);
}
