import type { Values } from "../../../provider/lifecycle/values.js";
import { startRouterly } from "../../support/routerly.js";
import { FIRST_SECRET, OTHER_SECRET, type Sample, type SystemSamples } from "./sample.js";

const SENDER = { fromAddress: "ops@acme.example", fromName: "Operations" } as const;

/** A notification channel, and what becomes of its members. What a provider has no use for is refused, so it is not changed alone. */
function channel(members: Values, change: Values): Sample & { readonly kind: "Alert" } {
  return {
    kind: "Alert",
    inputs: { name: "watch", event: "budget_exceeded", channel: members },
    change: { channel: { ...members, ...change } },
    another: { name: "second" },
    together: ["channel.provider"],
  };
}

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
  further: {
    "Alert that is asked for": channel({ webhook: "https://hooks.acme.example/a", method: "GET" }, { method: "POST" }),
    "Alert through a mail server with a login": channel(
      { provider: "smtp", ...SENDER, host: "mail.acme.example", port: 587, secure: true, username: "mailer", secret: FIRST_SECRET },
      { fromName: "Night shift", secure: false, username: "relay", secret: OTHER_SECRET },
    ),
    "Alert through Amazon": channel(
      { provider: "ses", ...SENDER, region: "eu-central-1", accessKeyId: "AKIA1", secret: FIRST_SECRET },
      { region: "eu-west-1", accessKeyId: "AKIA2", secret: OTHER_SECRET },
    ),
    "Alert through Google": channel(
      { provider: "google", ...SENDER, clientId: "c-1", secret: FIRST_SECRET, refreshToken: FIRST_SECRET },
      { clientId: "c-2", refreshToken: OTHER_SECRET },
    ),
  },
};
