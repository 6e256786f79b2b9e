/** The quickstart as a program: one key per project per environment, each with an owner, a consumer, a cap and an end. */
import * as gatehouse from "pulumi-gatehouse";

const acme = new gatehouse.ControlPlane("main", {
  system: "gatehouse",
  url: "http://127.0.0.1:8787",
  credentials: { token: { env: "GATEHOUSE_TOKEN" } },
});
const there = { provider: acme };

new gatehouse.Organization(
  "organization",
  { name: "Acme", plan: "pro", contacts: { billing: "billing@acme.example", security: "security@acme.example" } },
  there,
);

const roles = {
  "ada@acme.example": "owner",
  "bea@acme.example": "admin",
  "lin@acme.example": "manager",
  "kim@acme.example": "member",
} as const;
for (const [user, role] of Object.entries(roles)) new gatehouse.OrganizationMember(`members/${user}`, { user, role }, there);

new gatehouse.EnvironmentLimit(
  "environmentLimits/development",
  { environment: "development", requestsPerMinute: 120, monthlyUsd: 200 },
  there,
);
new gatehouse.EnvironmentLimit(
  "environmentLimits/production",
  { environment: "production", requestsPerMinute: 600, monthlyUsd: 2000 },
  there,
);

const checkout = new gatehouse.Project(
  "projects/checkout",
  {
    name: "Checkout AI",
    slug: "checkout",
    launch: {
      owner: "lin@acme.example",
      keyOwner: "lin@acme.example",
      workload: "chat",
      expectedMonthlyUsd: 900,
      escalationContact: "#checkout-oncall",
    },
  },
  there,
);
new gatehouse.ProjectMember(
  "projects/checkout/members/kim@acme.example",
  { project: checkout.id, user: "kim@acme.example", role: "admin" },
  there,
);

const small = new gatehouse.Model(
  "projects/checkout/models/small",
  { project: checkout.id, provider: "openai", identifier: "gpt-5-mini" },
  there,
);
const large = new gatehouse.Model(
  "projects/checkout/models/large",
  { project: checkout.id, provider: "anthropic", identifier: "claude-sonnet-5" },
  there,
);
new gatehouse.RoutingTier(
  "projects/checkout/routing/tiers/simple",
  { project: checkout.id, tier: "simple", model: small.identifier, fallbacks: [large.identifier] },
  there,
);

const service = { ownerType: "service", owner: "lin@acme.example", expiresAt: "2027-02-01" } as const;
new gatehouse.ApiKey(
  "projects/checkout/keys/checkout-dev",
  {
    ...service,
    name: "checkout-dev",
    project: checkout.id,
    environment: "development",
    consumer: "checkout-dev",
    hourlyUsd: 2,
    monthlyUsd: 50,
    rates: { requestsPerMinute: 30 },
  },
  there,
);
const production = new gatehouse.ApiKey(
  "projects/checkout/keys/checkout-prod",
  {
    ...service,
    name: "checkout-prod",
    project: checkout.id,
    environment: "production",
    consumer: "checkout-api",
    hourlyUsd: 25,
    monthlyUsd: 900,
    rates: { requestsPerMinute: 300 },
  },
  there,
);

/** Encrypted in the state, and shown by `pulumi stack output --show-secrets` only. */
export const checkoutToken = production.token;
