import type { Capability } from "../../../schema/systems/roles.js";
import type { AccessRow } from "./access-matrix.js";

const WORDS: Readonly<Record<Capability, string>> = {
  view: "view",
  callModels: "call models",
  createProjects: "create projects",
  manageKeys: "manage keys",
  manageMembers: "manage members",
  configure: "configure",
  delete: "delete",
  billing: "billing",
};

/** Capabilities in words, `?` behind those that only may be. */
export function capabilitiesText({
  capabilities,
  maybe,
}: {
  readonly capabilities: readonly Capability[];
  readonly maybe: readonly Capability[];
}): string {
  const words = [...capabilities.map((one) => WORDS[one]), ...maybe.map((one) => `${WORDS[one]}?`)];
  return words.length === 0 ? "nothing" : words.join(", ");
}

/** The place of a row: `every project`, `checkout (archived)`. */
export function placeText(row: Pick<AccessRow, "in" | "project" | "isArchived">): string {
  if (row.in === "organization") return "the organization";
  if (row.in === "everyProject") return "every project";
  return `${row.project ?? ""}${row.isArchived ? " (archived)" : ""}`;
}

/** Ways in words; one beside which another gives as much says so. */
export function waysText(ways: AccessRow["ways"]): string {
  return ways.map(({ via, addsNothing }) => (addsNothing ? `${via} (adds nothing)` : via)).join("; ");
}

/** A name from a stack file for a terminal: without characters that move its cursor, change its colour or turn its text around. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\u{FFFD}");
}
