import { describe, expect, it } from "vitest";
import { created, deleted, kept, replaced, updated } from "../../gates/support/plan.js";
import { linesIn, reportOfPlan } from "../support/report-of-plan.js";

const CHECKOUT = kept("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout" }, { id: "p1" });
const KEY = { name: "a", project: "p1", environment: "production", consumer: "api" };
const { project: _, ...UNLOCKED } = KEY;
const MOVED = [CHECKOUT, deleted("ApiKey", "projects/checkout/keys/a", KEY), created("ApiKey", "keys/a", UNLOCKED)];

/** Lines about keys with their details, by text. */
function detailsOf(steps: Parameters<typeof reportOfPlan>[0]) {
  const lines = reportOfPlan(steps).lines.filter(({ section }) => section === "keys");
  return Object.fromEntries(lines.map(({ text, details }) => [text, details]));
}

describe("a key whose declaration moves", () => {
  it("is told as unlocked where the new one has no lock, and as ended and made anew", () => {
    expect(linesIn("keys", MOVED)).toEqual([
      "critical: production key a is no longer locked to its project",
      "high: production key a is created",
      "high: production key a is revoked",
    ]);
  });

  it("loses with its end what ends, and gains with its beginning what begins", () => {
    const gained = ["a gained in every project (production): nothing → call models, by not locked to a project"];
    expect(detailsOf(MOVED)).toEqual({
      "production key a is no longer locked to its project": gained,
      "production key a is created": gained,
      "production key a is revoked": ["a lost in checkout (production): call models → nothing, by hard lock"],
    });
  });

  it("is not told as unlocked where the new one is locked, or has another name", () => {
    const locked = [CHECKOUT, deleted("ApiKey", "projects/checkout/keys/a", KEY), created("ApiKey", "keys/a", KEY)];
    const another = [CHECKOUT, deleted("ApiKey", "projects/checkout/keys/a", KEY), created("ApiKey", "keys/b", { ...UNLOCKED, name: "b" })];
    for (const steps of [locked, another]) expect(linesIn("keys", steps).join()).not.toContain("no longer locked");
  });

  it("is shared by several where its new declaration says so", () => {
    const steps = [CHECKOUT, deleted("ApiKey", "one", KEY), created("ApiKey", "two", { ...KEY, consumer: "api, search" })];
    expect(linesIn("keys", steps)).toContain("critical: production key a is shared by several consumers");
  });
});

describe("a key that is replaced", () => {
  it("loses and gains with the one event that is both", () => {
    const steps = [
      CHECKOUT,
      kept("Project", "projects/search", { name: "Search", slug: "search" }, { id: "p2" }),
      replaced("ApiKey", "keys/a", KEY, { project: "p2" }),
    ];
    expect(Object.values(detailsOf(steps)).flat()).toEqual([
      expect.stringMatching(/^a gained in search/),
      expect.stringMatching(/^a lost in checkout/),
    ]);
  });
});

describe("a key that goes to another environment class", () => {
  it("is told once, with what it leaves and enters", () => {
    const report = reportOfPlan([CHECKOUT, updated("ApiKey", "keys/a", KEY, { environment: "development" })]);
    expect(report.lines.filter(({ section }) => section !== "stopped")).toMatchObject([
      {
        section: "keys",
        severity: "high",
        text: "key a is no longer a production key: production → development",
        object: "keys/a",
        details: [
          "a gained in checkout (development): nothing → call models, by hard lock",
          "a lost in checkout (production): call models → nothing, by hard lock",
        ],
      },
    ]);
  });

  it("by its project stands where the project says so, once for all keys that say nothing themselves", () => {
    const keyed = (name: string, more: object = {}) => kept("ApiKey", `keys/${name}`, { name, project: "p1", ...more });
    const report = reportOfPlan([
      updated("Project", "projects/checkout", { name: "Checkout", slug: "checkout" }, { environment: "production" }, { id: "p1" }),
      keyed("a"),
      keyed("b"),
      keyed("own", { environment: "staging" }),
    ]);
    expect(report.lines).toMatchObject([
      {
        severity: "high",
        text: "keys a, b become production keys: none → production",
        object: "projects/checkout",
        values: [{ property: "environment", after: "production" }],
      },
    ]);
  });

  it("is nothing to tell where it only may be another one on both sides", () => {
    const steps = [kept("ApiKey", "keys/a", { name: "a", project: "somewhere" })];
    expect(reportOfPlan(steps).lines).toEqual([]);
  });
});
