import { readFileSync } from "node:fs";
import { InvalidInput } from "../errors.js";
import type { Environment } from "../http/settings.js";
import type { SecretSource } from "./setting-fields.js";

/** The secret that a source names, read when it is needed, so that a renewed one counts. Throws InvalidInput when there is none. */
export function secretValue(source: SecretSource, environment: Environment): string {
  return source.file === undefined ? fromVariable(source.env, environment) : fromFile(source.file);
}

function fromVariable(name: string, environment: Environment): string {
  const value = environment[name];
  if (value) return value;
  throw new InvalidInput({ what: `needs the variable ${name}, which is not set`, advice: `Run again with ${name} set.` });
}

function fromFile(file: string): string {
  const advice = "Put the secret there, readable by whoever runs this, and run again.";
  let value: string;
  try {
    value = readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    throw new InvalidInput({ what: `needs the file ${file}, which cannot be read (${(error as NodeJS.ErrnoException).code})`, advice });
  }
  if (value === "") throw new InvalidInput({ what: `needs the file ${file}, which is empty`, advice });
  return value;
}
