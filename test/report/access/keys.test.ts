import { describe, expect, it } from "vitest";
import { accessMatrix } from "../../../provider/report/access/index.js";
import { limitText } from "../../../provider/report/access/limit.js";
import { accessIn, accessOf, seen, told } from "./support/access.js";

const STACK = `
environmentLimits: { production: { requestsPerMinute: 600, monthlyUsd: 2000 }, development: { monthlyUsd: 50 } }
organization: { name: Acme, requestsPerMinute: 900 }
budgets: { all: { amountUsd: 5000, period: month, onBreach: warn } }
keys:
  shared: { environment: development, defaultProject: checkout }
projects:
  checkout:
    name: Checkout
    environment: production
    budgets: { team: { amountUsd: 1200, period: month, onBreach: revoke } }
    models:
      small: { provider: openai, identifier: gpt-5-mini, limits: [{ metric: cost, windowType: period, period: daily, value: 40 }] }
      large: { provider: anthropic, identifier: claude-sonnet-5 }
    routing: { tiers: { simple: { model: small, fallbacks: [large] } } }
    keys:
      checkout-prod:
        hourlyUsd: 25
        monthlyUsd: 900
        onBreach: warn
        rates: { requestsPerMinute: 60 }
        models: { allowed: [small] }
        expiresAt: 2027-02-01
        limits: [{ model: small, mode: disable }]
      checkout-read: { environment: staging, permissions: [read] }
  search: { name: Search }`;

const limitsOf = (who: string, project: string) =>
  accessMatrix(accessOf(STACK), { who, project }).flatMap(({ limits }) => limits.map(limitText));

describe("a key", () => {
  it("reaches the project it is locked to, and no other (F-07, F-08, F-20)", () => {
    expect(told(accessOf(STACK), "checkout-prod")).toEqual(["checkout: callModels <- hard lock"]);
    expect(told(accessOf(STACK), "checkout-prod", "search")).toEqual([]);
  });

  it("reaches every project when it is not locked, whatever its default is (F-09, F-10)", () => {
    expect(told(accessOf(STACK), "shared")).toEqual([
      "everyProject: callModels <- not locked to a project",
      "checkout: callModels <- not locked to a project, default project of the key",
    ]);
    expect(told(accessOf(STACK), "shared", "search")).toEqual(["search: callModels <- not locked to a project"]);
  });

  it("may reach any project while its lock is unknown", () => {
    const unknown = accessOf("keys: { k: { environment: other } }", "gatehouse", ["keys/k#project"]);
    expect(told(unknown, "k")).toEqual(["everyProject: callModels? <- hard lock to a project known after apply"]);
  });

  it("is another one in each project where a system tells keys apart by project", () => {
    const keys = (system: string) =>
      accessMatrix(
        accessIn([
          seen("ApiKey", "a", { name: "ci", project: "alpha", environment: "staging" }, { system }),
          seen("ApiKey", "b", { name: "ci", project: "beta", environment: "production" }, { system }),
        ]),
        { who: "ci" },
      ).map(({ project, environment }) => `${project} ${environment}`);
    expect(keys("qodex")).toEqual(["alpha staging", "beta production"]);
  });

  it("has besides what its permissions give", () => {
    expect(told(accessOf(STACK), "checkout-read")).toEqual([
      "organization: view <- permissions of the key",
      "checkout: callModels <- hard lock",
    ]);
  });

  it("has its own environment class, else its project's", () => {
    const environments = accessMatrix(accessOf(STACK), { project: "checkout" }).map(({ subject, environment }) => [
      subject.name,
      environment,
    ]);
    expect(environments).toEqual([
      ["checkout-prod", "production"],
      ["checkout-read", "staging"],
      ["shared", "development"],
    ]);
  });

  it("is bound by its own limits, its environment's, its project's and the organization's, each said where it comes from", () => {
    expect(limitsOf("checkout-prod", "checkout")).toEqual([
      "25 USD per hour, then pause (key)",
      "900 USD per month, then warn (key)",
      "60 requests per minute (key)",
      "only models gpt-5-mini (key)",
      "without the limits of the model gpt-5-mini (key)",
      "until 2027-02-01 (key)",
      "600 requests per minute (environment production)",
      "2000 USD per month (environment production)",
      "1200 USD per month, then revoke (budget team)",
      "tier simple: gpt-5-mini, claude-sonnet-5 (routing)",
      "models: claude-sonnet-5, gpt-5-mini (project)",
      "900 requests per minute (organization)",
      "5000 USD per month, then warn (budget all)",
    ]);
  });

  it("is bound by a model's own ceiling unless it lifts it (R-20)", () => {
    expect(limitsOf("shared", "checkout")).toContain("40 USD daily of gpt-5-mini (model gpt-5-mini)");
  });

  it.each(["revoked", "missing"])("gives nothing once it is %s", (status) => {
    const key = (outputs: Readonly<Record<string, unknown>>) => accessIn([seen("ApiKey", "k", { name: "k", project: "p" }, { outputs })]);
    expect(told(key({ status: "active" }), "k")).toHaveLength(1);
    expect(told(key({ status }), "k")).toEqual([]);
  });

  it("gives nothing from the day on which it ends, where its system keeps that day", () => {
    const key = (expiresAt: string) => accessIn([seen("ApiKey", "k", { name: "k", project: "p", expiresAt })]);
    expect(told(key("2026-11-22"), "k")).toHaveLength(1);
    expect(told(key("2026-11-21"), "k")).toEqual([]);
    const elsewhere = [seen("ApiKey", "k", { name: "k", project: "p", expiresAt: "2026-11-21" })].map((one) => ({
      ...one,
      system: "olyx",
    }));
    expect(told(accessIn(elsewhere), "k")).toHaveLength(1);
  });
});
