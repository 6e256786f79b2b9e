import { overOn } from "../../schema/ends.js";
import { permissionsOf } from "../../schema/systems/permissions/index.js";
import { administers, type Capability } from "../../schema/systems/roles.js";
import { adapterOf } from "../adapters/index.js";
import { known, type SeenObject, UNKNOWN, type Unknown } from "./seen.js";
import type { StackView } from "./stack-view.js";

/** An answer about something of which a part may be unknown yet. */
export type Answer = "yes" | "no" | "maybe";

/** A member of an organization who may be there today. */
export interface Person {
  readonly member: SeenObject<"OrganizationMember">;
  /** E-mail address in lower case; undefined while it is unknown. */
  readonly user: string | undefined;
  /** `maybe` when only an apply will know the day on which the membership ends. */
  readonly isHere: Exclude<Answer, "no">;
  readonly administers: Answer;
}

/** The people of one organization of which the stack declares members. */
export interface Crowd {
  /** The first member declared, who may have left. */
  readonly first: SeenObject<"OrganizationMember">;
  /** All whose membership has not ended. */
  readonly people: readonly Person[];
}

/** The declared people of each organization. */
export function crowdsOf(view: StackView, today: string): readonly Crowd[] {
  const crowds = new Map<string, { first: Crowd["first"]; people: Person[] }>();
  for (const member of view.of("OrganizationMember")) {
    const crowd = crowds.get(member.controlPlane) ?? { first: member, people: [] };
    crowds.set(member.controlPlane, crowd);
    const ended = hasEnded(member.inputs.expiresAt, today);
    if (ended === "yes") continue;
    crowd.people.push({
      member,
      user: known(member.inputs.user)?.toLowerCase(),
      isHere: ended === "no" ? "yes" : "maybe",
      administers: isAdministrator(view, member),
    });
  }
  return [...crowds.values()];
}

/** What stands for an organization in a message: its declaration, else one of its members. */
export function organizationOf(view: StackView, member: SeenObject<"OrganizationMember">): SeenObject {
  return view.of("Organization").find(({ controlPlane }) => controlPlane === member.controlPlane) ?? member;
}

/** Whether something has ended that ends on a day. No day never comes. */
export function hasEnded(day: unknown, today: string): Answer {
  if (day === undefined) return "no";
  if (typeof day !== "string") return "maybe";
  return overOn(day, "on") <= today ? "yes" : "no";
}

/** Whether a member administers the organization, by a built-in role or by a declared one. */
export function isAdministrator(view: StackView, member: SeenObject<"OrganizationMember">): Answer {
  const capabilities = capabilitiesOf(view, member);
  if (capabilities === UNKNOWN) return "maybe";
  return administers(adapterOf(member.system).roles, capabilities) ? "yes" : "no";
}

function capabilitiesOf(view: StackView, member: SeenObject<"OrganizationMember">): readonly Capability[] | Unknown {
  const role = known(member.inputs.role);
  if (role === undefined) return UNKNOWN;
  const { roles } = adapterOf(member.system);
  if (Object.hasOwn(roles.organization, role)) return roles.organization[role]?.organization ?? [];
  const custom = view.named("Role", "name", role, member) as SeenObject<"Role"> | undefined;
  const permissions = known(custom?.inputs.permissions);
  if (permissions === undefined) return UNKNOWN;
  const table = permissionsOf(member.system);
  const granted = permissions.flatMap((one) => table?.permissions[one]?.organization ?? []);
  return permissions.every((one) => typeof one === "string") || administers(roles, granted) ? granted : UNKNOWN;
}
