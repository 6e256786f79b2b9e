import type { Values } from "./values.js";

/** True when the number in this property was raised. */
export function isRaised(olds: Values, news: Values, property: string): boolean {
  const [before, after] = [olds[property] ?? 0, news[property]];
  return typeof after === "number" && typeof before === "number" && after > before;
}
