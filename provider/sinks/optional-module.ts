import { InvalidInput } from "../errors.js";

/** Loads the SDK of a sink, which is installed only where somebody uses it. Throws InvalidInput when it is not. */
export async function optionalModule<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
    throw new InvalidInput({
      what: isMissing ? `needs the package ${name}, which is not installed` : `cannot load the package ${name} (${message})`,
      advice: `Run npm install ${name} where pulumi-gatehouse is installed, and run again.`,
    });
  }
}
