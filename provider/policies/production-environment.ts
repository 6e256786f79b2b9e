import { list, text } from "../../schema/field.js";
import { setting } from "./rule.js";

/** Words that make a place production, or its mirror, where they stand by themselves in its name. */
export const productionWords = setting(list(text({ pattern: "^[a-z0-9]+$" }), { unordered: true }), [
  "production",
  "prod",
  "prd",
  "live",
  "mirror",
]);

/** Words that make it something else all the same: `pre-prod`, `staging-mirror`. */
const OTHERS = ["pre", "non", "not", "staging", "stage", "qa", "test", "testing", "dev", "development", "local", "preview", "ci"];

/** True when the name of a place where an app runs is one of production or its mirror. An unknown name is none. */
export function isProductionPlace(name: unknown, words: readonly string[]): boolean {
  if (typeof name !== "string") return false;
  const found = name.toLowerCase().split(/[^a-z0-9]+/);
  return found.some((word) => words.includes(word)) && !found.some((word) => OTHERS.includes(word));
}
