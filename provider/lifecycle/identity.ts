import { WrongControlPlane } from "../errors.js";
import { declaredOrigin } from "../http/settings.js";
import type { Session } from "./session.js";

/** Which control plane a stack belongs to, recorded in its state by the first run that writes. */
export interface RecordedIdentity {
  /** Name of the system; of a rehearsal another one than of what it rehearses, whose objects its state does not hold. */
  readonly system: string;
  /** Origin of the declared address; `dashboard` where a person is the way to it. */
  readonly origin: string;
  /** `dashboard` where a person is the way to it and no API has told it before. */
  readonly organizationId: string;
}

/** Stands for what nobody can be asked behind a dashboard. */
const PERSON = "dashboard";

/** What a declaration says of a control plane, without asking it. */
export function declaredIdentity({ settings, transport }: Session): Pick<RecordedIdentity, "system" | "origin"> {
  const system = transport === "rehearsal" ? `${settings.system} in rehearsal` : settings.system;
  return { system, origin: transport === "dashboard" ? PERSON : declaredOrigin(settings.url) };
}

/** Who answers now. Behind a dashboard it is who answered before, since a person may not know the organization by its id. */
export async function identify(session: Session, former?: Partial<RecordedIdentity>): Promise<RecordedIdentity> {
  const declared = declaredIdentity(session);
  if (session.transport === "dashboard") return { ...declared, organizationId: former?.organizationId ?? PERSON };
  const { organizationId } = await session.adapter.identify(session.client);
  return { ...declared, organizationId };
}

/**
 * Refuses to let a stack's state meet another control plane than its own: everything in it would look gone. A person may give way to
 * an API, and an API to a person: a person has no address, and the organization is compared where both have told it.
 */
export function assertSameControlPlane(name: string, recorded: RecordedIdentity, now: Partial<RecordedIdentity>): void {
  const differing = (["system", "origin", "organizationId"] as const).filter(
    (part) => now[part] !== undefined && now[part] !== recorded[part] && !isUntold(part, recorded) && !isUntold(part, now),
  );
  if (differing.length === 0) return;
  const told = differing.map((part) => `${WORDS[part]} ${recorded[part]}, not ${now[part]}`).join("; ");
  throw new WrongControlPlane({
    subject: `control plane "${name}"`,
    what: `this stack belongs to ${told}`,
    advice: "Use the former address, or another stack (--stack NAME) for another control plane. To move, destroy the stack there first.",
  });
}

function isUntold(part: keyof RecordedIdentity, identity: Partial<RecordedIdentity>): boolean {
  return part !== "system" && identity[part] === PERSON;
}

const WORDS = { system: "the system", origin: "the address", organizationId: "the organization" } as const;
