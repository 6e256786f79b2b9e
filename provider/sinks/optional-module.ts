import { createRequire } from "node:module";
import { InvalidInput } from "../errors.js";

const { resolve } = createRequire(import.meta.url);

/** Which packages of a sink cannot be loaded, known before they are needed: they are installed only where somebody uses them. */
export function moduleProblem(names: readonly string[]): string | undefined {
  const missing = names.filter(isMissing);
  return missing.length === 0 ? undefined : `needs what is not installed: ${installing(missing)}`;
}

function isMissing(name: string): boolean {
  try {
    resolve(name);
    return false;
  } catch (error) {
    // A package may be there and have no entry of this sort.
    return (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";
  }
}

/** Loads the SDK of a sink. Throws InvalidInput where it cannot be loaded. */
export async function optionalModule<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new InvalidInput({ what: `cannot load the package ${name} (${(error as Error).message})`, advice: installing([name]) });
  }
}

function installing(names: readonly string[]): string {
  return `run npm install ${names.join(" ")} where pulumi-gatehouse is installed`;
}
