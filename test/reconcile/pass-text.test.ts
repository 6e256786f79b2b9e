import { expect, it } from "vitest";
import type { PassDocument } from "../../provider/cli/reconcile/pass-document.js";
import { passText } from "../../provider/cli/reconcile/pass-text.js";
import { unmanagedObject } from "../report/support/unmanaged.js";
import { drifted } from "./planned.js";

const EMPTY: PassDocument = {
  command: "reconcile",
  stack: "dev",
  at: "2026-11-21T08:00:00.000Z",
  inSync: true,
  repaired: [],
  changed: [],
  left: [],
  findings: [],
  unmanaged: [],
  ends: [],
  gates: { closed: [], opened: [] },
  violations: [],
  failures: [],
  steps: [],
  later: [],
  durationSeconds: 4,
  exitCode: 0,
};

it("a pass that found nothing says so in one line", () => {
  expect(passText("dev", EMPTY)).toBe("dev: in sync.");
});

it("a pass says what it did, and of what it left why and what to do", () => {
  const change = { operation: "update", kind: "Project", name: "projects/checkout", cause: "drift" } as const;
  const repaired = { ...change, class: "cosmetic", severity: "low", properties: [drifted("color")] } as const;
  const left = { ...change, class: "security", severity: "critical", properties: [drifted("environment")] } as const;
  const eve = { ...unmanagedObject({ kind: "OrganizationMember", id: "m1", key: "eve@acme.example" }), class: "security" } as const;
  const text = passText("dev", {
    ...EMPTY,
    inSync: false,
    repaired: [repaired],
    left: [{ ...left, heldBy: "policy", why: "drifted", next: "Look at it." }],
    unmanaged: [{ ...eve, next: "Declare it." }],
  });
  expect(text.split("\n")).toEqual([
    "~ repaired Project projects/checkout (color) [cosmetic]",
    "! Project projects/checkout (environment) drifted [security]",
    "    Look at it.",
    "? OrganizationMember eve@acme.example (m1) exists and is not declared",
    "    critical: It is a production key that works",
    "    adopt: legacy-prod: { adopt: require } # under projects.checkout.keys in checkout.yaml",
    "    ignore: - { match: legacy-prod, reason: why } # under projects.checkout.keys.$ignore in checkout.yaml",
    "    remove: Adopt it first.",
    "    Declare it.",
    "dev: 1 repaired, 1 left, 1 not declared.",
  ]);
});
