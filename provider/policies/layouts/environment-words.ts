import { wordsOf } from "../projects.js";
import { known, type SeenObject } from "../seen.js";

const WORDS: Readonly<Record<string, readonly string[]>> = {
  production: ["production", "prod", "live"],
  staging: ["staging", "stage", "stg", "preprod", "uat", "qa"],
  development: ["development", "dev", "ci"],
  other: ["experiments", "experimental", "sandbox"],
};
const CLASS_OF = new Map(Object.entries(WORDS).flatMap(([environment, words]) => words.map((word) => [word, environment] as const)));

/** The environment class that a project is called after. Only the last word of a name counts: `Dev tools` is a product. */
export function environmentInName({ name, inputs }: SeenObject<"Project">): string | undefined {
  const names = [name.split("/").at(-1), known(inputs.slug), known(inputs.name)];
  return names.map((text) => CLASS_OF.get(wordsOf(text ?? "").at(-1) ?? "")).find((environment) => environment !== undefined);
}
