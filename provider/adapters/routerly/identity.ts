import { Unreachable } from "../../errors.js";
import type { Client } from "../../http/client.js";
import type { Identity } from "../adapter.js";
import { atServer } from "./server.js";

/**
 * An installation has no name or id of its own. It is told by the id of its oldest user, who made it: random, the same for everybody
 * who asks, and another one after the users were lost, which is when a stack must stop.
 */
export function identifyRouterly(client: Client): Promise<Identity> {
  const subject = `control plane "${client.settings.name}"`;
  return atServer(client, subject, async (turn) => {
    const { email } = await turn.send<{ email: string }>("GET", "/api/me", "cannot be identified");
    const [first] = await turn.list("User");
    if (first === undefined) throw new Unreachable({ subject, what: "has no users, though somebody is logged in" });
    return { organizationId: first.id, organizationName: "Routerly", actor: email };
  });
}
