import { readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { SECRET_VARIABLE_PATTERN } from "../../schema/field.js";
import { InvalidInput } from "../errors.js";
import type { Environment } from "../http/settings.js";

/**
 * The value that a secret field stands for: itself, or what its reference names. Resolved at the moment it is sent, so that the
 * value is in no input and in no state.
 */
export function resolveSecret(value: unknown, property: string, environment: Environment): string {
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
