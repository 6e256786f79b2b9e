import { readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { type Field, holdsSecret, memberOf, SECRET_VARIABLE_PATTERN } from "../../schema/field.js";
import type { Kind } from "../../schema/kind.js";
import { InvalidInput } from "../errors.js";
import type { Environment } from "../http/settings.js";
import { isRecord, type Values } from "./values.js";

/** The values with every secret in them as the control plane must have it, at any depth. */
export function resolvedSecrets(kind: Kind, values: Values, environment: Environment): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      resolvedIn(kind.fields[name] ?? { schema: {}, flags: {} }, value, name, environment),
    ]),
  );
}

function resolvedIn(field: Field, value: unknown, path: string, environment: Environment): unknown {
  if (value === null || value === undefined || !holdsSecret(field)) return value;
  if (field.flags.secret) return resolveSecret(value, path, environment);
  if (Array.isArray(value)) return value.map((item, index) => resolvedIn(field.items ?? field, item, `${path}.${index}`, environment));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, resolvedIn(memberOf(field, name) ?? field, item, `${path}.${name}`, environment)]),
  );
}

/**
 * The value that a secret field stands for: itself, or what its reference names. Resolved at the moment it is sent, so that the
 * value is in no input and in no state.
 */
function resolveSecret(value: unknown, property: string, environment: Environment): string {
  if (typeof value === "string") return value;
  const { env, file } = (value ?? {}) as { env?: string; file?: string };
  if (env !== undefined) return fromVariable(env, property, environment);
  if (file !== undefined) return fromFile(file, property, environment);
  throw new InvalidInput({ subject: property, what: "is neither a value nor { env } nor { file }" });
}

function fromVariable(variable: string, property: string, environment: Environment): string {
  if (!new RegExp(SECRET_VARIABLE_PATTERN).test(variable)) {
    throw new InvalidInput({ subject: property, what: `names ${variable}: only variables that begin with GATEHOUSE_ may be named` });
  }
  const value = environment[variable];
  if (!value) {
    throw new InvalidInput({
      subject: property,
      what: `needs the variable ${variable}, which is not set`,
      advice: `Run again with ${variable} set.`,
    });
  }
  return value;
}

function fromFile(file: string, property: string, environment: Environment): string {
  const root = environment.GATEHOUSE_SECRETS_DIR;
  if (!root) {
    throw new InvalidInput({
      subject: property,
      what: "is read from a file, and GATEHOUSE_SECRETS_DIR is not set",
      advice: "Set it to the folder of the secret files.",
    });
  }
  const path = join(root, file);
  try {
    // Links are followed before the comparison, so that none leads out of the folder.
    const [folder, target] = [realpathSync(root), realpathSync(path)];
    if (!target.startsWith(folder + sep))
      throw new InvalidInput({ subject: property, what: `names ${file}, which is not below GATEHOUSE_SECRETS_DIR` });
    return readFileSync(target, "utf8").replace(/\r?\n$/, "");
  } catch (cause) {
    if (cause instanceof InvalidInput) throw cause;
    throw new InvalidInput({ subject: property, what: `needs the file ${file} below GATEHOUSE_SECRETS_DIR, which cannot be read`, cause });
  }
}
