import { member } from "../member.js";
import { defineRule } from "../rule.js";

export const webhooksAreSafe = defineRule({
  name: "webhooks-are-safe",
  title: "Webhooks are called over https and signed with a secret",
  why: "Whoever reads or forges a call knows what went wrong, or makes everybody believe that something did.",
  enforces: ["A-52"],
  level: "mandatory",
  alone: "Alert",
  settings: {},
  check: (view) =>
    view.of("Alert").flatMap((alert) => {
      const { channel } = alert.inputs;
      const webhook = member(channel, "webhook");
      if (typeof webhook !== "string") return [];
      const isUnsigned = member(channel, "secret") === undefined && view.offers(alert, "channel.secret");
      return [
        ...(isPrivate(webhook)
          ? []
          : [
              {
                object: alert,
                property: "channel.webhook",
                what: "calls an address without https",
                advice: "Write an address that begins with https://.",
              },
            ]),
        ...(isUnsigned
          ? [
              {
                object: alert,
                property: "channel.secret",
                what: "calls a webhook without a secret that signs the calls",
                advice: "Write secret: { env: GATEHOUSE_HOOK_SECRET, version: 1 } beside webhook, and check the signature at the receiver.",
              },
            ]
          : []),
      ];
    }),
  example: {
    bad: "alerts: { spend: { event: budget_exceeded, channel: { webhook: https://hooks.acme.example/ai } } }",
    good: `alerts:
  spend:
    event: budget_exceeded
    channel: { webhook: https://hooks.acme.example/ai, secret: { env: GATEHOUSE_HOOK_SECRET, version: 1 } }`,
  },
});

/** Calls that nobody on the way can read: encrypted, or to this very machine. */
function isPrivate(webhook: string): boolean {
  if (!URL.canParse(webhook)) return false;
  const { protocol, hostname } = new URL(webhook);
  return protocol === "https:" || (protocol === "http:" && hostname === "127.0.0.1");
}
