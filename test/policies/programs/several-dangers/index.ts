import * as gatehouse from "pulumi-gatehouse";

const main = new gatehouse.ControlPlane("main", { system: "gatehouse", credentials: { token: { env: "GATEHOUSE_TOKEN" } } });
const there = { provider: main };
const expiresAt = process.env.EXPIRES_AT ?? "";

new gatehouse.Governance("governance", { preset: "strict" }, there);
for (const name of ["ada", "bea", "cem", "dia", "eli", "fay", "gus"]) {
  const user = `${name}@acme.example`;
  new gatehouse.OrganizationMember(`members/${user}`, { user, role: "admin" }, there);
}
const launch = {
  owner: "ada@acme.example",
  keyOwner: "ada@acme.example",
  workload: "chat",
  expectedMonthlyUsd: 9,
  escalationContact: "#on-call",
};
const checkout = new gatehouse.Project(
  "projects/checkout",
  { name: "Checkout", slug: "checkout", launch: { ...launch, owner: "gone@acme.example" } },
  there,
);
const own = { environment: "production", owner: "ada@acme.example", expiresAt, hourlyUsd: 30 } as const;
new gatehouse.ApiKey(
  "projects/checkout/keys/locked",
  { ...own, project: checkout.id, ownerType: "service", consumer: "checkout-api" },
  there,
);
new gatehouse.ApiKey("keys/shared", { ...own, ownerType: "service", consumer: "everybody", rates: { requestsPerMinute: 10 } }, there);
