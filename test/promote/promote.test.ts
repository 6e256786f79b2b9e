import { describe, expect, it } from "vitest";
import { promotionMarkdown } from "../../provider/promote/render/markdown.js";
import { promotionText } from "../../provider/promote/render/text.js";
import { inputsAt, promoted, promotedText, toldOf } from "./promoted.js";

const ON = (system: string) => `name: acme\ncontrolPlane: { system: ${system} }\n`;

describe("a project with keys of several environments", () => {
  const text = `${ON("floopy")}environmentLimits: { development: { monthlyUsd: 200 }, production: { monthlyUsd: 2000 } }
projects:
  # The team's own.
  checkout:
    name: Checkout
    budgets: { month: { amountUsd: 1200, period: month, onBreach: block } }
    keys: { dev: { environment: development }, prod: { environment: production } }
governance:
  layout: perProduct
  exceptions: [{ rule: keys-expire, object: projects/checkout/keys/prod, reason: the vendor has no renewal, until: 2027-01-31 }]
  approvals: [{ gate: cap-raised, object: projects/checkout, change: 0123456789abcdef, by: ada@acme.example, reason: agreed in the board, until: 2026-09-01 }]
`;
  const promotion = promotedText(text, "olyx");

  it("becomes one for each, where a project stands for an environment, and the ceilings are shared out", () => {
    expect(inputsAt(promotion, "projects/checkout-development")).toMatchObject({ environment: "development" });
    expect(inputsAt(promotion, "projects/checkout-development/budgets/month")).toMatchObject({ amountUsd: 200 });
    expect(inputsAt(promotion, "projects/checkout-production/budgets/month")).toMatchObject({ amountUsd: 1000 });
    expect(inputsAt(promotion, "projects/checkout-production/keys/dev")).toBeUndefined();
    expect(promotion.problems).toEqual([]);
  });

  it("keeps its comments, and the rules of the house follow its objects", () => {
    expect(promotion.text).toContain("# The team's own.");
    const { layout, exceptions, approvals } = inputsAt(promotion, "governance") ?? {};
    expect({ layout, exceptions, approvals }).toEqual({
      layout: "perEnvironment",
      exceptions: [expect.objectContaining({ object: "projects/checkout-production/keys/prod" })],
      approvals: undefined,
    });
  });

  it("is owned whole by the file of its team", () => {
    const { promotion: made, problems } = promoted("environments", "olyx");
    expect(problems).toEqual([]);
    expect(made.files.map(({ name }) => name)).toEqual(["gatehouse.yaml", "platform.yaml", "research.yaml"]);
  });
});

describe("ceilings without a place at the target", () => {
  it("become one of the project, and are told as looser where one key may then use what another leaves", () => {
    const text = `${ON("anyint")}projects:
  support: { name: Support, keys: { one: { monthlyUsd: 300 }, two: { monthlyUsd: 100 } } }
`;
    const promotion = promotedText(text, "floopy");
    expect(inputsAt(promotion, "projects/support/budgets/month")).toMatchObject({ amountUsd: 400, period: "month", onBreach: "block" });
    expect(toldOf(promotion, "projects/support/keys/one")).toMatchObject([{ field: "monthlyUsd", result: "translated", weight: "looser" }]);
    expect(promotion.report.added).toEqual(["projects/support/budgets/month"]);
  });

  it("go, and are told as looser, where nothing at the target is as tight", () => {
    const promotion = promotedText(`${ON("olyx")}projects: { a: { name: A, keys: { one: { hourlyUsd: 5 } } } }\n`, "anyint");
    expect(toldOf(promotion, "projects/a/keys/one")).toMatchObject([{ field: "hourlyUsd", result: "lost", weight: "looser" }]);
  });

  it("are not made of a budget that only warns", () => {
    const text = `${ON("gatehouse")}projects: { a: { name: A, budgets: { month: { amountUsd: 5, period: month, onBreach: warn } } } }\n`;
    const promotion = promotedText(text, "olyx");
    expect(inputsAt(promotion, "projects/a/budgets/month")).toBeUndefined();
    expect(toldOf(promotion, "projects/a/budgets/month")[0]?.why).toContain("it would stop what is served today");
  });

  it("stay ceilings where the target would only warn without a word", () => {
    const text = `${ON("olyx")}projects: { a: { name: A, budgets: { month: { amountUsd: 5, period: month } } } }\n`;
    expect(inputsAt(promotedText(text, "gatehouse"), "projects/a/budgets/month")).toMatchObject({ onBreach: "block" });
  });
});

describe("what concerns the source alone", () => {
  it("stays behind: takeovers, exclusive collections, renames, what has ended or is archived", () => {
    const text = `${ON("gatehouse")}adopt: ifExists
members: { $exclusive: true, ada@acme.example: owner, old@acme.example: { role: member, expiresAt: 2026-01-31 } }
projects:
  shop: { name: Shop, renamedFrom: projects/store, adopt: require }
  gone: { name: Gone, status: archived, keys: { k: {} } }
`;
    const promotion = promotedText(text, "gatehouse");
    expect(promotion.text).not.toMatch(/adopt|exclusive|renamedFrom|old@|gone:/);
    expect(inputsAt(promotion, "projects/shop")).toEqual({ slug: "shop", name: "Shop" });
    expect(promotion.report.objects.filter(({ result }) => result === "lost").map(({ path }) => path)).toEqual([
      "members/old@acme.example",
      "projects/gone",
      "projects/gone/keys/k",
    ]);
  });

  it("is named where it is an id: by its object where a field refers to one, else for somebody to look at", () => {
    const known = "6f0f4f0e-1f7e-4d2c-9d2e-0a1b2c3d4e5f";
    const unknown = "11111111-2222-4333-8444-555555555555";
    const text = `${ON("gatehouse")}credentials: { openai: { provider: openai, value: { env: GATEHOUSE_KEY } } }
models:
  a: { provider: openai, identifier: a, credential: ${known} }
  b: { provider: openai, identifier: b, credential: ${unknown}, additionalConfig: { parent: ${known} } }
`;
    const promotion = promotedText(text, "gatehouse", [{ kind: "ProviderCredential", path: "credentials/openai", id: known }]);
    expect(inputsAt(promotion, "models/a")).toMatchObject({ credential: { $ref: "credentials/openai" } });
    expect(toldOf(promotion, "models/b").map(({ field, result }) => [field, result])).toEqual([
      ["credential", "open"],
      ["additionalConfig", "open"],
    ]);
  });
});

describe("models", () => {
  it("move to the registry of the target with the key of their provider, and the project routes to them", () => {
    const text = `${ON("gatehouse")}credentials: { openai: { provider: openai, value: { env: GATEHOUSE_KEY, version: 2 } } }
projects:
  a:
    name: A
    models: { small: { provider: openai, identifier: gpt, credential: openai, inputUsdPerMillionTokens: 1, outputUsdPerMillionTokens: 2 } }
    routing: { tiers: { simple: small } }
    keys: { one: { monthlyUsd: 30 } }
`;
    const promotion = promotedText(text, "routerly");
    expect(inputsAt(promotion, "models/small")).toMatchObject({ identifier: "gpt", apiKey: { env: "GATEHOUSE_KEY", version: 2 } });
    expect(inputsAt(promotion, "projects/a/routing")).toMatchObject({ models: [{ model: { $ref: "models/small" } }] });
    expect(inputsAt(promotion, "projects/a/keys/one")).toMatchObject({
      limits: [{ mode: "extend", limits: [{ metric: "cost", windowType: "period", period: "monthly", value: 30 }] }],
    });
  });
});

describe("the report", () => {
  const { report } = promoted("floopy", "olyx");

  it("says the same on a terminal and in the folder, and names the variables to set", () => {
    const [text, markdown] = [promotionText(report, "floopy-olyx"), promotionMarkdown(report, "floopy-olyx")];
    for (const words of ["acme-floopy", "shared out", "gatehouse up floopy-olyx", "GATEHOUSE_TARGET_TOKEN"]) {
      expect(text).toContain(words);
      expect(markdown).toContain(words);
    }
  });

  it("tells each mandatory guardrail that the source kept and the new stack does not", () => {
    expect(promoted("quickstart", "routerly").report.violations.map(({ rule, object }) => [rule, object])).toEqual([
      ["production-is-capped", "projects/search/keys/search-prod"],
    ]);
    expect(report.violations).toEqual([]);
  });
});
