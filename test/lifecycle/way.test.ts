import { expect, test } from "vitest";
import { check } from "../../provider/lifecycle/check.js";
import { Session } from "../../provider/lifecycle/session.js";
import { KINDS } from "../../schema/kinds/index.js";

const problemsOver = (settings: object, kind: "Project" | "ApiKey" | "RoutingPolicy", inputs: object, environment = {}) => {
  const session = new Session({ name: "main", system: "floopy", url: "http://127.0.0.1:1", ...settings }, environment);
  return check(session.kind(KINDS[kind]), { ...inputs }, session).problems.map(({ property, reason }) => `${property}: ${reason}`);
};

const CONSTRAINTS = { constraints: { confidenceThreshold: 0.9 } };
const RULE = { name: "cheap", strategy: "fallback", models: [{ model: "gpt-4o" }] };

test("a program is told at its check that the calls of an object are assumed, before a run stops half-way", () => {
  expect(problemsOver({ transport: "api" }, "Project", { name: "Checkout" })).toEqual([
    expect.stringMatching(/^: cannot go over transport api: the API for it is assumed .*allowAssumed: true/),
  ]);
  expect(problemsOver({ transport: "api", allowAssumed: true }, "Project", { name: "Checkout" })).toEqual([]);
  expect(problemsOver({}, "Project", { name: "Checkout" })).toEqual([]);
});

test("of a kind that is documented in part only what needs more is refused", () => {
  expect(problemsOver({ transport: "api" }, "RoutingPolicy", CONSTRAINTS)).toEqual([]);
  expect(problemsOver({ transport: "api" }, "RoutingPolicy", RULE)).toEqual([
    expect.stringContaining("documents no call that creates a named rule"),
  ]);
});

test("a rehearsal that would leave this machine is refused at the check of each object", () => {
  const trusting = { GATEHOUSE_ORIGINS: "https://api.floopy.example" };
  expect(problemsOver({ transport: "rehearsal" }, "Project", { name: "Checkout" })).toEqual([]);
  expect(problemsOver({ transport: "rehearsal", url: "https://api.floopy.example" }, "Project", { name: "Checkout" }, trusting)).toEqual([
    expect.stringContaining('control plane "main" rehearses at https://api.floopy.example, which is not this machine'),
  ]);
});
