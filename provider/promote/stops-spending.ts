import type { Adapter } from "../adapters/adapter.js";
import { supportIn } from "./offers.js";

/** Whether a budget refuses requests at its ceiling, in a system where it says this or nothing. */
export function stopsSpending(adapter: Adapter, onBreach: unknown): boolean {
  if (onBreach !== undefined) return onBreach !== "warn";
  const words = supportIn(adapter, "Budget")?.values?.onBreach;
  return words !== undefined && !words.includes("warn");
}
