import { createRequire } from "node:module";
import { InvalidInput } from "../errors.js";

const { resolve } = createRequire(import.meta.url);

/** Why the SDK of a sink cannot be loaded, known before it is needed: it is installed only where somebody uses it. */
export function moduleProblem(name: string): string | undefined {
  try {
    resolve(name);
    return undefined;
  } catch (error) {
    // A package may be there and have no entry of this sort.
    const isMissing = (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";
    return isMissing ? `needs the package ${name}, which is not installed: ${installing(name)}` : undefined;
  }
}

/** Loads the SDK of a sink. Throws InvalidInput where it cannot be loaded. */
export async function optionalModule<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new InvalidInput({ what: `cannot load the package ${name} (${(error as Error).message})`, advice: installing(name) });
  }
}

function installing(name: string): string {
  return `run npm install ${name} where pulumi-gatehouse is installed`;
}
