import * as gatehouse from "pulumi-gatehouse";

const acme = new gatehouse.ControlPlane("acme", { system: "gatehouse", credentials: { token: { env: "GATEHOUSE_TOKEN" } } });
const provider = acme;
new gatehouse.Governance(
  "governance",
  {
    exceptions: [{ rule: "production-key-is-locked", object: "excepted", reason: "moves to a project this month", until: "2099-01-31" }],
    settings: { "exceptions-are-in-force": { maxDays: 36_500 } },
  },
  { provider },
);
const key = { environment: "production", ownerType: "service", owner: "ada@acme.example", hourlyUsd: 1, expiresAt: "2026-01-31" };
new gatehouse.ApiKey("excepted", { ...key, consumer: "one" }, { provider });
new gatehouse.ApiKey("shared", { ...key, consumer: "two" }, { provider });
