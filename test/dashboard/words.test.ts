import { describe, expect, it } from "vitest";
import { check } from "../../provider/lifecycle/check.js";
import { type Change, personStep } from "../../provider/lifecycle/person-step.js";
import { Session } from "../../provider/lifecycle/session.js";
import { KINDS, type KindName } from "../../schema/kinds/index.js";

function stepAt(system: string, kindName: KindName, change: Change) {
  const session = new Session({ name: "main", system, transport: "dashboard" }, {});
  const step = personStep(session, session.kind(KINDS[kindName]), change);
  if (step === undefined) throw new Error("nobody is needed");
  return step;
}

/** What a person is told to fill in for a new object, by label. */
function told(system: string, kindName: KindName, given: Record<string, unknown>): Record<string, string> {
  const { inputs } = check(KINDS[kindName], given, new Session({ name: "main", system, transport: "dashboard" }, {}));
  const { fields } = stepAt(system, kindName, { operation: "create", inputs });
  return Object.fromEntries(fields.map(({ label, after }) => [label, after]));
}

describe("a step for a person", () => {
  it("gives Olyx its prices per thousand tokens, as decimals, and its switch for a public model", () => {
    const model = {
      project: "7",
      identifier: "gpt-5-mini",
      provider: "openai",
      visibility: "public",
      inputUsdPerMillionTokens: 0.25,
      outputUsdPerMillionTokens: 0.0004,
      additionalConfig: { api_Version: "2024" },
      apiKey: { env: "GATEHOUSE_OPENAI", version: 2 },
    };
    expect(told("olyx", "Model", model)).toEqual({
      Project: "7",
      Identifier: "gpt-5-mini",
      Provider: "openai",
      "Is public": "yes",
      "Input cost per 1k": "0.00025",
      "Output cost per 1k": "0.0000004",
      "Additional config": '{"api_Version":"2024"}',
      "API key": "from env GATEHOUSE_OPENAI (version 2)",
    });
  });

  it("calls what is one setting inside of another as Olyx nests it", () => {
    expect(told("olyx", "Project", { name: "A", grading: { expectedCostUsd: 1, expectedLatencyMs: 900 } })).toMatchObject({
      "Settings: grading baseline: expected cost USD": "1",
      "Settings: grading baseline: expected latency ms": "900",
    });
    expect(
      told("olyx", "Alert", { project: "7", name: "a", event: "circuit_breaker", channel: { webhook: "https://x.example/y" } }),
    ).toEqual({
      Project: "7",
      Name: "a",
      Event: "circuit_breaker",
      "Endpoint: URL": "https://x.example/y",
    });
    expect(told("olyx", "RoutingTier", { project: "7", tier: "complex", model: "gpt-5" })).toMatchObject({ Tier: "complex" });
  });

  it("archives where nothing is deleted, and asks nobody for what is in the archive already", () => {
    const [kind, objectId] = ["Project", "17"] as const;
    const active = { name: "A", status: "active" };
    const archived = { ...active, status: "archived" };
    const gone = stepAt("olyx", kind, { operation: "delete", objectId, olds: active });
    expect(gone.before).toContain("Olyx archives it: nothing is lost.");
    expect(gone.after).toEqual(['The Project "A" (id 17) is archived.']);
    expect(() => stepAt("olyx", kind, { operation: "delete", objectId, olds: archived })).toThrow("nobody is needed");
    const deleted = stepAt("floopy", kind, { operation: "delete", objectId, olds: { name: "A" } });
    expect(deleted.after).toEqual(['The Project "A" (id 17) is gone.']);
  });

  it("says that no way back is documented to whoever is to look for one", () => {
    const archived = { name: "A", status: "archived" };
    const back = { operation: "update", objectId: "17", olds: archived, news: { ...archived, status: "active" } } as const;
    expect(stepAt("olyx", "Project", back).before).toContainEqual(
      expect.stringMatching(/^Olyx documents no way back from archived to active: .*, unless the page shows a way\.$/),
    );
    expect(stepAt("olyx", "Project", { ...back, news: { ...archived, name: "B" } }).before).toHaveLength(1);
  });

  it("gives each system its own words for roles", () => {
    const member = { project: "p", user: "kim@acme.example" };
    expect(told("anyint", "ProjectMember", { ...member, role: "owner" })).toMatchObject({
      Role: "Project Owner",
      Email: "kim@acme.example",
    });
    expect(told("qodex", "ProjectMember", { ...member, role: "admin" })).toMatchObject({ Role: "Admin" });
    expect(told("floopy", "ProjectMember", { ...member, role: "owner" })).toMatchObject({ Role: "owner" });
  });

  it("gives Floopy the labels of its page, and one switch for each permission", () => {
    expect(told("floopy", "EnvironmentLimit", { environment: "production", requestsPerMinute: 60, monthlyUsd: 100 })).toEqual({
      Environment: "production",
      "Rate Limit RPM": "60",
      "Monthly Cost USD": "100",
    });
    const key = { name: "k", defaultProject: "p", permissions: ["read"] };
    expect(told("floopy", "ApiKey", key)).toMatchObject({ "Default project": "p", "Read permission": "yes", "Write permission": "no" });
  });

  it("turns a switch off that nobody declares any more, and leaves those alone that stay", () => {
    const olds = { name: "k", permissions: ["read"] };
    const step = stepAt("floopy", "ApiKey", { operation: "update", objectId: "k1", olds, news: { name: "k" } });
    expect(step.fields).toEqual([{ label: "Read permission", before: "yes", after: "no" }]);
  });

  it("shows the former value in the same words and units as the new one", () => {
    const olds = { project: "7", identifier: "m", provider: "openai", visibility: "public", inputUsdPerMillionTokens: 1 };
    const news = { ...olds, visibility: "private", inputUsdPerMillionTokens: 2 };
    expect(stepAt("olyx", "Model", { operation: "update", objectId: "3", olds, news }).fields).toEqual([
      { label: "Input cost per 1k", before: "0.001", after: "0.002" },
      { label: "Is public", before: "yes", after: "no" },
    ]);
  });

  it("has another digest where other words or units are shown for the same declaration", () => {
    const inputs = { project: "p", user: "kim@acme.example", role: "admin" };
    const session = new Session({ name: "main", system: "qodex", transport: "dashboard" }, {});
    const digest = (adapter: Session["adapter"]) =>
      personStep({ settings: session.settings, adapter }, KINDS.ProjectMember, { operation: "create", inputs })?.digest;
    const { dialect } = session.adapter;
    const otherwise = { ...dialect, kinds: { ...dialect.kinds, ProjectMember: { fields: { user: { name: "email" } } } } };
    expect(digest({ ...session.adapter, dialect: { ...dialect } })).toBe(digest(session.adapter));
    expect(digest({ ...session.adapter, dialect: otherwise })).not.toBe(digest(session.adapter));
  });

  it("tells the members of listed objects in words", () => {
    const rule = {
      name: "mix",
      strategy: "weighted",
      models: [
        { model: "a", weight: 70 },
        { model: "b", weight: 30 },
      ],
    };
    expect(told("floopy", "RoutingPolicy", rule)).toMatchObject({ Models: "model a, weight 70; model b, weight 30" });
  });

  it("says what a person must know besides: another unit, or what an invitation does not offer", () => {
    const beforehand = (system: string, kind: KindName, inputs: Record<string, unknown>) =>
      stepAt(system, kind, { operation: "create", inputs }).before.slice(1);
    expect(beforehand("floopy", "Budget", { project: "p", amountUsd: 1200, period: "month" })).toEqual([
      "The page counts in credits: set as many as the amount in US dollars buys.",
    ]);
    expect(beforehand("olyx", "OrganizationMember", { user: "bea@acme.example", role: "admin" })).toEqual([
      "An invitation offers member and owner alone: invite somebody new as member, and make them admin then.",
    ]);
    expect(beforehand("olyx", "OrganizationMember", { user: "bea@acme.example", role: "member" })).toEqual([]);
  });

  it("asks to look whether what is declared and never set there is so", () => {
    const step = stepAt("floopy", "Organization", { operation: "create", inputs: { name: "Acme", plan: "pro" } });
    expect(step.before).toContain("Plan is pro.");
    expect(step.fields.map(({ label }) => label)).not.toContain("Plan");
  });

  it("sends nobody to the page of rules for the constraints of the organization", () => {
    const page = (inputs: Record<string, unknown>) => stepAt("floopy", "RoutingPolicy", { operation: "create", inputs }).page.url;
    expect(page({ constraints: { maxCostIncrease: { value: 0.1, window: "rolling_24h" } } })).toBe(
      "https://floopy.ai/docs/features/constraints/",
    );
    expect(page({ name: "mix", strategy: "fallback" })).toBe("https://floopy.ai/docs/guides/routing");
  });
});
