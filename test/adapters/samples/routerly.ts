import { startRouterly } from "../../support/routerly.js";
import { FIRST_SECRET, type SystemSamples } from "./sample.js";

export const SAMPLES: SystemSamples = {
  async start() {
    const server = await startRouterly();
    const environment = { GATEHOUSE_ROUTERLY_EMAIL: server.email, GATEHOUSE_ROUTERLY_PASSWORD: server.password };
    return { server, environment, signedIn: { GATEHOUSE_TOKEN: server.token } };
  },
  kinds: {
    // Its own roles of the installation.
    OrganizationMember: { inputs: { role: "viewer", initialPassword: FIRST_SECRET }, change: { role: "operator" } },
  },
};
