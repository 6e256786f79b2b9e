import { list, text } from "../../schema/field.js";
import { setting } from "./rule.js";

/** Words that mark a thing as an experiment, where they stand by themselves in a name or a label. */
export const experimentalWords = setting(list(text({ pattern: "^[a-z0-9]+$" }), { unordered: true }), [
  "experiment",
  "experiments",
  "experimental",
  "sandbox",
  "playground",
  "prototype",
  "poc",
  "spike",
  "scratch",
]);

/** The word that marks a name or label as experimental; undefined when none does. Unknown names mark nothing. */
export function experimentalWordIn(names: readonly unknown[], words: readonly string[]): string | undefined {
  return names.flatMap((name) => (typeof name === "string" ? wordsOf(name) : [])).find((word) => words.includes(word));
}

/** Names and labels of an object in one list. */
export function namesAndLabels(names: readonly unknown[], labels: unknown): readonly unknown[] {
  return Array.isArray(labels) ? [...names, ...labels] : names;
}

function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/);
}
