import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { create } from "../../provider/lifecycle/lifecycle.js";
import { personStep } from "../../provider/lifecycle/person-step.js";
import { Session } from "../../provider/lifecycle/session.js";
import { KINDS, type KindName } from "../../schema/kinds/index.js";

/** What becomes of an object whose creation is confirmed with this id: the id in the state, or the refusal. */
async function confirmedWith(system: string, kindName: KindName, inputs: Record<string, unknown>, id?: string): Promise<string> {
  const settings = { name: "main", system, transport: "dashboard" } as const;
  const asked = new Session(settings, {});
  const step = personStep(asked, asked.kind(KINDS[kindName]), { operation: "create", inputs });
  const file = join(mkdtempSync(join(tmpdir(), "confirmed-")), "confirmations.json");
  const said = { step: step?.id, digest: step?.digest, ...(id !== undefined && { id }), by: "ada", at: "2026-08-24T12:00:00Z" };
  writeFileSync(file, JSON.stringify([said]));
  const session = new Session(settings, { GATEHOUSE_CONFIRMATIONS: file });
  return create(session, session.kind(KINDS[kindName]), inputs).then(
    (made) => made.id,
    (error: Error) => error.message,
  );
}

const UUID = "0d2f6f0a-8a3b-4b8e-9a53-6f0d6c8a1b2c";
const KEY = { name: "k", project: "7" };
const RULE = { name: "cheap", strategy: "fallback", models: [{ model: "gpt-4o" }] };
const SCHEDULE = { name: "nightly", project: "p", schedule: { cron: "0 3 * * *", environment: "staging" }, notifyOn: "failure" };

describe("an id that a person gives", () => {
  it.each([
    ["olyx", "Project", { name: "A" }, "17", "checkout", "must be a number"],
    ["olyx", "ApiKey", KEY, "9f3k2", "two words", "the part of the token between ak_ and the dot"],
    ["floopy", "Project", { name: "A" }, UUID, "checkout", "must be a UUID"],
    ["floopy", "RoutingPolicy", RULE, UUID, "cheap", "must be a UUID"],
    ["qodex", "Project", { name: "A" }, "checkout-ai", "Checkout AI", "lower-case letters, digits and hyphens"],
    ["qodex", "Alert", SCHEDULE, "pol_83f", "nightly", "begins with pol_"],
  ] as const)("has the form that %s documents for a %s", async (system, kind, inputs, good, bad, refusal) => {
    expect(await confirmedWith(system, kind, inputs, good)).toBe(good);
    expect(await confirmedWith(system, kind, inputs, bad)).toContain(refusal);
  });

  it.each([
    ["olyx", KEY, "ak_9f3k2.very-secret"],
    ["qodex", KEY, "qk_very-secret"],
    ["anyint", KEY, "sk-custom-very-secret"],
  ])("is no secret of %s, which is refused without being repeated", async (system, inputs, secret) => {
    const refusal = await confirmedWith(system, "ApiKey", inputs, secret);
    expect(refusal).toContain("never a secret");
    expect(refusal).not.toContain("very-secret");
  });

  it("is not needed where there is no other than the one that is known", async () => {
    const constraints = { constraints: { confidenceThreshold: 0.8 } };
    expect(await confirmedWith("floopy", "RoutingPolicy", constraints)).toBe("constraints");
    expect(await confirmedWith("floopy", "RoutingPolicy", constraints, UUID)).toContain("is not that of the object, which is constraints");
    expect(await confirmedWith("olyx", "RoutingTier", { project: "7", tier: "simple", model: "small" })).toBe("7/simple");
  });
});
