import { expect, it } from "vitest";
import { webhooksAreSafe } from "../../provider/policies/rules/webhooks-are-safe.js";
import { StackView } from "../../provider/policies/stack-view.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { seenObject } from "./support/seen-object.js";
import { viewOf } from "./support/view.js";

ruleCases(webhooksAreSafe, {
  passes: `
alerts:
  spend: { event: budget_exceeded, channel: { webhook: https://hooks.acme.example/ai, secret: { env: GATEHOUSE_HOOK_SECRET } } }
  mail: { event: budget_exceeded, channel: { email: ops@acme.example } }`,
  fails: "alerts: { spend: { event: budget_exceeded, channel: { webhook: https://hooks.acme.example/ai } } }",
  message:
    "Alert alerts/spend (channel.secret) calls a webhook without a secret that signs the calls. Whoever reads or forges a call knows what went wrong, or makes everybody believe that something did. Write secret: { env: GATEHOUSE_HOOK_SECRET, version: 1 } beside webhook, and check the signature at the receiver.",
  unknown: ["alerts/spend#channel"],
});

it("webhooks-are-safe takes a secret that only an apply will know for one", () => {
  const text = "alerts: { spend: { event: budget_exceeded, channel: { webhook: https://hooks.acme.example/ai } } }";
  expect(told(webhooksAreSafe, viewOf(text, "gatehouse", ["alerts/spend#channel.secret"]))).toEqual([]);
});

it("webhooks-are-safe asks for no secret where the system signs nothing", () => {
  const text = `
projects:
  shop:
    name: Shop
    environments: { staging: { baseUrl: https://staging.acme.example } }
    alerts:
      nightly:
        schedule: { cron: 0 3 * * *, environment: staging }
        notifyOn: failure
        channel: { webhook: https://hooks.acme.example/qa }`;
  expect(told(webhooksAreSafe, viewOf(text, "qodex"))).toEqual([]);
});

it.each([
  ["http://hooks.acme.example/ai", false],
  ["http://localhost:9000/ai", false],
  ["http://127.0.0.1.acme.example/ai", false],
  ["hooks.acme.example/ai", false],
  ["http://127.0.0.1:9000/ai", true],
  ["https://hooks.acme.example/ai", true],
])("webhooks-are-safe looks at where a call goes: %s", (webhook, isSafe) => {
  const alert = seenObject("Alert", "spend", { channel: { webhook, secret: { env: "GATEHOUSE_HOOK_SECRET" } } });
  const first = told(webhooksAreSafe, new StackView([alert])).map((line) => line.split(".")[0]);
  expect(first).toEqual(isSafe ? [] : ["mandatory: Alert spend (channel"]);
});
