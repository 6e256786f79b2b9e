import { expect, it } from "vitest";
import { alertsAreFew } from "../../provider/policies/rules/alerts-are-few.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const hooks = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `hook-${index}: { event: security_alert, channel: { webhook: "https://a.example/${index}" } }`,
  );

const ofProject = (count: number) => `projects: { checkout: { name: Checkout, alerts: { ${hooks(count).join(", ")} } } }`;
const ofAll = (count: number, more = "") => `alerts: { ${[...hooks(count), more].join(", ")} }`;

ruleCases(alertsAreFew, {
  passes: `${ofProject(10)}\n${ofAll(10, "mail: { event: security_alert, channel: { email: ops@acme.example } }")}`,
  fails: ofProject(11),
  message:
    "Project projects/checkout has 11 alert webhooks, more than 10. Where everything calls, nobody looks when it matters. Keep those that somebody acts on, and let one alert wait for several events.",
  unknown: ["projects/checkout/alerts/hook-3#channel"],
});

it("alerts-are-few counts the organization's own for themselves, and not those that are switched off", () => {
  const off = `off: { event: security_alert, enabled: false, channel: { webhook: "https://a.example/off" } }`;
  expect(told(alertsAreFew, viewOf(ofAll(10, off)))).toEqual([]);
  expect(told(alertsAreFew, viewOf(ofAll(11)))[0]).toMatch(/^advisory: Alert alerts\/hook-9 is one of 11 alert webhooks, more than 10\./);
});

it("alerts-are-few takes another number from the rules of the house", () => {
  const house = "governance: { settings: { alerts-are-few: { max: 2 } } }";
  expect(told(alertsAreFew, viewOf(`${ofAll(3)}\n${house}`))).toHaveLength(1);
  expect(told(alertsAreFew, viewOf(`${ofAll(2)}\n${house}`))).toEqual([]);
});
