import { describe, expect, it } from "vitest";
import { type ChangeSet, judgeGates } from "../../provider/gates/index.js";
import { decide } from "../../provider/reconcile/decide.js";
import { approvedByItself, holdApprovals } from "../../provider/reconcile/self-approval.js";
import { created, factsOf, updated } from "../gates/support/plan.js";
import { declared, planned, USUAL } from "./planned.js";

const KEY = "projects/checkout/keys/billing";
const ROTATED = updated("ApiKey", KEY, { name: "billing", environment: "production" }, { rotate: 2 }, { status: "revoked" });
const approval = (more: object = {}) => ({
  gate: "revoked-key-returns",
  object: KEY,
  change: "0123456789abcdef",
  by: "cto@acme.example",
  reason: "agreed with the team",
  until: "2999-01-01",
  ...more,
});
const judged = (before: readonly object[], after: readonly object[]) => {
  const facts = factsOf([ROTATED, updated("Governance", "governance", { approvals: before }, { approvals: after })]);
  return { changes: facts.changes, closed: judgeGates(facts).closed };
};
const gates = ({ changes, closed }: { changes: ChangeSet; closed: ReturnType<typeof judgeGates>["closed"] }) =>
  approvedByItself(changes, closed).map(({ gate, object }) => `${gate} ${object}`);

describe("a change that holds its own approval", () => {
  it("is known by the closed gate that the approval names, whatever digest it has by now", () => {
    expect(gates(judged([], [approval()]))).toEqual([`revoked-key-returns ${KEY}`]);
    const facts = factsOf([ROTATED, created("Governance", "governance", { approvals: [approval()] })]);
    expect(gates({ changes: facts.changes, closed: judgeGates(facts).closed })).toEqual([`revoked-key-returns ${KEY}`]);
  });

  it("is not one when the approval was recorded before, or is for something else", () => {
    expect(gates(judged([approval()], [approval()]))).toEqual([]);
    expect(gates(judged([], [approval({ object: "projects/other" })]))).toEqual([]);
    expect(gates(judged([], [approval({ gate: "cap-raised" })]))).toEqual([]);
  });

  it("does not have the approval recorded, and says why; the rest of it goes on", () => {
    const decisions = decide(
      [
        planned({ name: "governance", kind: "Governance", properties: [declared("approvals")] }),
        planned({ properties: [declared("name")] }),
      ],
      USUAL,
    );
    const { changes, closed } = judged([], [approval()]);
    expect(holdApprovals(decisions, approvedByItself(changes, closed)).map(({ held }) => held)).toEqual([
      {
        by: "gate",
        why: `waits, because it approves what the gate revoked-key-returns stops in the same change: ${KEY}`,
        next: "Apply the approval first, by itself.",
      },
      undefined,
    ]);
    expect(holdApprovals(decisions, [])).toEqual(decisions);
  });
});
