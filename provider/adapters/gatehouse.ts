import { credential } from "../http/credentials.js";
import { errorOf } from "../http/problem.js";
import type { Adapter } from "./adapter.js";
import { canonicalObjects } from "./canonical.js";

/** The embedded control plane, which speaks the kinds' own words. */
export const gatehouse: Adapter = {
  system: "gatehouse",

  authenticate: (client) => async (environment) => ({ authorization: `Bearer ${credential(client.settings, "token", environment)}` }),

  async identify(client) {
    const [organization, me] = [await client.send("GET", "/v1/organization"), await client.send("GET", "/v1/me")];
    for (const answer of [organization, me]) {
      if (answer.status >= 400) throw errorOf(answer, `control plane "${client.settings.name}"`, "cannot be identified");
    }
    const { id, name } = organization.body as { id: string; name?: string };
    return { organizationId: id, organizationName: name ?? "", actor: (me.body as { user?: string }).user };
  },

  objects: canonicalObjects,
};
