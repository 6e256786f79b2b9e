import { WrongControlPlane } from "../errors.js";
import { declaredOrigin } from "../http/settings.js";
import type { Session } from "./session.js";

/** Which control plane a stack belongs to, recorded in its state by the first run that writes. */
export interface RecordedIdentity {
  readonly system: string;
  /** Origin of the declared address. */
  readonly origin: string;
  readonly organizationId: string;
}

/** Who answers now. */
export async function identify(session: Session): Promise<RecordedIdentity> {
  const { system, url } = session.settings;
  // Nobody can be asked behind a dashboard, and a rehearsal's or an API's state must not be taken for what a person attested.
  if (session.transport === "dashboard") return { system, origin: declaredOrigin(url), organizationId: "dashboard" };
  const { organizationId } = await session.adapter.identify(session.client);
  return { system, origin: declaredOrigin(url), organizationId };
}

/** Refuses to let a stack's state meet another control plane than its own: everything in it would look gone. */
export function assertSameControlPlane(name: string, recorded: RecordedIdentity, now: Partial<RecordedIdentity>): void {
  const differing = (["system", "origin", "organizationId"] as const).filter(
    (part) => now[part] !== undefined && now[part] !== recorded[part],
  );
  if (differing.length === 0) return;
  const told = differing.map((part) => `${WORDS[part]} ${recorded[part]}, not ${now[part]}`).join("; ");
  throw new WrongControlPlane({
    subject: `control plane "${name}"`,
    what: `this stack belongs to ${told}`,
    advice: "Use the former address, or another stack (--stack NAME) for another control plane. To move, destroy the stack there first.",
  });
}

const WORDS = { system: "the system", origin: "the address", organizationId: "the organization" } as const;
