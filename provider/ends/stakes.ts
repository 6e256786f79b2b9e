import { isAdministrator } from "../policies/people.js";
import type { SeenObject } from "../policies/seen.js";
import type { StackView } from "../policies/stack-view.js";
import type { Stake } from "./end.js";

/** Tells what is at stake when an object of a view ends. Production: its keys, whoever answers for one, and who administers. */
export function stakesIn(view: StackView): (object: SeenObject) => Stake {
  const keys = view.productionKeys().map(({ urn }) => urn);
  const owners = view.productionKeys().flatMap((key) => view.target(key, "owner")?.urn ?? []);
  const administrators = view.of("OrganizationMember").flatMap((member) => (isAdministrator(view, member) === "no" ? [] : [member.urn]));
  const production = new Set([...keys, ...owners, ...administrators]);
  return ({ urn }) => (production.has(urn) ? "production" : "access");
}
