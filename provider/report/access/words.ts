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
  return capabilitiesInWords([...capabilities, ...maybe.map((one) => `${one}?`)]);
}

/** The same of names as reports have them: `callModels`, `manageKeys?`. */
export function capabilitiesInWords(names: readonly string[]): string {
  return names.map(capabilityInWords).join(", ") || "nothing";
}

export function capabilityInWords(name: string): string {
  const [, capability = name, mark = ""] = /^(\w+)(\??)$/.exec(name) ?? [];
  return Object.hasOwn(WORDS, capability) ? `${WORDS[capability as Capability]}${mark}` : name;
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
