import { expect, it } from "vitest";
import { changeDigest, type ObjectStep } from "../../provider/gates/index.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { deleted, factsOf, kept, replaced, updated } from "./support/plan.js";

type Steps = Parameters<typeof factsOf>[0];
const digest = (steps: Steps, name = "it") => changeDigest(factsOf(steps).changes.objects.find((step) => step.name === name) as ObjectStep);
const key = { name: "prod", monthlyUsd: 10, labels: ["a", "b"], rates: { requestsPerMinute: 1, requestsPerDay: 2 } };
const raised = (before: object = key, after: object = { monthlyUsd: 20 }) => digest([updated("ApiKey", "it", { ...before }, { ...after })]);

it("is 16 hexadecimal digits that are the same in every run", () => {
  expect(raised()).toMatch(/^[0-9a-f]{16}$/);
  expect(raised()).toBe(raised());
});

it("does not depend on the order of properties, of lists without order, nor on other objects", () => {
  const after = { labels: ["c", "d"], rates: { requestsPerMinute: 3, requestsPerDay: 4 } };
  const same = { rates: { requestsPerDay: 4, requestsPerMinute: 3 }, labels: ["d", "c"] };
  expect(raised({ ...key, labels: ["b", "a"] }, same)).toBe(raised(key, after));
  const it = updated("ApiKey", "it", key, { monthlyUsd: 20 });
  expect(digest([deleted("Project", "projects/a", { name: "A" }), it, kept("Model", "m", { identifier: "m" })])).toBe(digest([it]));
});

it("is another one for another object, operation, value before or value after", () => {
  const others = [
    digest([updated("ApiKey", "other", key, { monthlyUsd: 20 })], "other"),
    digest([updated("ApiKey", "it", key, { monthlyUsd: 20 }, { id: "its-successor" })]),
    digest([deleted("ApiKey", "it", key)]),
    digest([replaced("ApiKey", "it", key, { monthlyUsd: 20 })]),
    raised({ ...key, monthlyUsd: 11 }),
    raised(key, { monthlyUsd: 21 }),
    raised(key, { monthlyUsd: UNKNOWN }),
    raised(key, { monthlyUsd: 20, name: "dev" }),
  ];
  expect(new Set([raised(), ...others]).size).toBe(others.length + 1);
});

it("does not tell a secret, at any depth, nor the engine's own keys", () => {
  const member = (password: string) =>
    digest([deleted("OrganizationMember", "it", { user: "a@acme.example", role: "owner", initialPassword: password })]);
  expect(member("one")).toBe(member("two"));
  const alert = (secret: string) => digest([deleted("Alert", "it", { name: "a", channel: { webhook: "https://a.example", secret } })]);
  expect(alert("one")).toBe(alert("two"));
  const changed = (secret: string) =>
    digest([
      updated(
        "Alert",
        "it",
        { name: "a", channel: { webhook: "https://a.example", secret: "x" } },
        { channel: { webhook: "https://b.example", secret } },
      ),
    ]);
  expect(changed("one")).toBe(changed("two"));
  expect(raised({ ...key, __provider: "one" })).toBe(raised({ ...key, __provider: "two" }));
});
