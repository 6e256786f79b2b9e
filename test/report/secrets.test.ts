import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../schema/unknown.js";
import { created, deleted, kept, replaced, updated } from "../gates/support/plan.js";
import { reportOfPlan } from "./support/report-of-plan.js";

const SECRET = "swordfish-in-the-moat";
const SHAPED = `sk-${"a1B2".repeat(8)}`;
const CHECKOUT = kept("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout" }, { id: "p1" });

describe("secrets in a report", () => {
  it("are in no line, value, detail or reason, whatever the engine and others let through", () => {
    const report = reportOfPlan(
      [
        CHECKOUT,
        created("ProviderCredential", "credentials/a", { provider: "openai", value: SECRET }),
        updated(
          "Alert",
          "alerts/a",
          { event: "x", channel: { webhook: "https://a.example", secret: SECRET } },
          { channel: { webhook: "https://b.example", secret: `${SECRET}2` } },
        ),
        created("Alert", "alerts/b", { event: "x", channel: { webhook: "https://a.example", secret: SECRET } }),
        created("OrganizationMember", "members/kim", { user: "kim@acme.example", role: "member", initialPassword: SECRET }),
        deleted("ApiKey", "keys/a", { name: "a", project: "p1" }, { token: SECRET, maskedToken: "sk-…1234" }),
        replaced(
          "ApiKey",
          "keys/b",
          { name: "b", project: "p1", description: SHAPED },
          { project: "p2", description: `the key is ${SHAPED}` },
        ),
        updated(
          "Environment",
          "environments/a",
          { project: "p1", name: "a" },
          { variables: { apiKey: "plain-but-named-so", region: SHAPED } },
        ),
      ],
      {
        failures: [{ name: "credentials/a", message: `refused ${SECRET}\nAuthorization: Bearer abcdefghijklmnopqrstuv` }],
        violations: [
          {
            rule: "plain-settings-hold-no-secrets",
            kind: "Environment",
            name: "environments/a",
            level: "mandatory",
            message: `it holds "${SHAPED}"`,
          },
        ],
        findings: [{ kind: "ApiKey", name: "keys/a", property: "status", value: "revoked", message: `was ${SECRET}` }],
      },
    );
    const text = JSON.stringify(report);
    for (const secret of [SECRET, SHAPED, "abcdefghijklmnopqrstuv", "plain-but-named-so"]) expect(text).not.toContain(secret);
    expect(text).toContain("refused [secret]");
  });

  it("are told as secrets where they are new, and by their reference where they have one", () => {
    const value = { env: "GATEHOUSE_OPENAI_KEY", version: 1 };
    const { lines } = reportOfPlan([
      updated("ProviderCredential", "credentials/a", { provider: "openai", value }, { value: { ...value, version: 2 } }),
      created("ProviderCredential", "credentials/b", { provider: "openai", value: SECRET }),
    ]);
    expect(lines.map(({ object, values }) => [object, values])).toEqual([
      ["credentials/a", [{ property: "value.version", before: 1, after: 2 }]],
      [
        "credentials/b",
        [
          { property: "provider", before: undefined, after: "openai" },
          { property: "value", before: undefined, after: "[secret]" },
        ],
      ],
    ]);
  });
});

describe("what only an apply will know", () => {
  it("is shown as such at any depth, and its marker nowhere", () => {
    const report = reportOfPlan([
      created("ApiKey", "keys/a", { name: "a", project: UNKNOWN, models: { allowed: ["x", UNKNOWN] }, labels: UNKNOWN }),
      updated("Project", "projects/checkout", { name: "Checkout AI" }, { description: UNKNOWN }),
    ]);
    expect(JSON.stringify(report)).not.toContain(UNKNOWN);
    expect(report.lines.find(({ object }) => object === "keys/a")?.values).toEqual([
      { property: "labels", before: undefined, after: "(known after apply)" },
      { property: "models", before: undefined, after: { allowed: ["x", "(known after apply)"] } },
      { property: "name", before: undefined, after: "a" },
      { property: "project", before: undefined, after: "(known after apply)" },
    ]);
    expect(report.lines.find(({ object }) => object === "projects/checkout")?.values).toEqual([
      { property: "description", before: undefined, after: "(known after apply)" },
    ]);
  });
});
