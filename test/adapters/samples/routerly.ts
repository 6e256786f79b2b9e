import { startRouterly } from "../../support/routerly.js";
import type { SystemSamples } from "./sample.js";

export const ROUTERLY: SystemSamples = {
  async start() {
    const server = await startRouterly();
    return { server, environment: { GATEHOUSE_ROUTERLY_EMAIL: server.email, GATEHOUSE_ROUTERLY_PASSWORD: server.password } };
  },
  kinds: {
    // Its own roles of the installation.
    OrganizationMember: { inputs: { role: "viewer" }, change: { role: "operator" } },
  },
};
