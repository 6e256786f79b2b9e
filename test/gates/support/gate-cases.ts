import { describe, expect, it } from "vitest";
import { type Closed, type Facts, GATES, type Gate, judgeGates } from "../../../provider/gates/index.js";
import type { Step } from "../../../provider/plan/changes.js";
import { type Around, created, factsOf, kept, TODAY, updated } from "./plan.js";

const GOVERNANCE = "Governance";
const HOUSE = "governance";

/** A plan, and what is around it. */
export interface Plan extends Around {
  readonly steps: readonly Step[];
}

interface Cases {
  /** A change that the gate stops, once. */
  readonly closes: Plan;
  /** What it says of it. */
  readonly object: string;
  readonly what: string;
  /** Changes that it lets pass, by a sentence. */
  readonly passes: Readonly<Record<string, Plan>>;
  /** The stopped change with a gated value unknown, where there is one. */
  readonly unknown?: Plan;
}

/** A change of the rules of the house that holds approvals besides. */
function approving({ old, new: next, ...step }: Step, before: readonly object[], after: readonly object[]): Step {
  const former = { ...old, inputs: { ...old?.inputs, approvals: before } };
  return { ...step, old: former, new: next && { ...next, inputs: { ...next.inputs, approvals: after } } };
}

/** What one gate finds, without the digests. */
export function found(gate: Gate, { steps, ...around }: Plan): readonly { readonly object: string; readonly what: string }[] {
  return gate.judge(factsOf(steps, around)).map(({ object, what }) => ({ object, what }));
}

/** What every gate must do: stop, let pass, take the unknown for the worst, and open for the one approval of the one change. */
export function gateCases(gate: Gate, { closes, object, what, passes, unknown }: Cases): void {
  const { steps, ...around } = closes;
  /** The plan with approvals before and after; `rules` hold them where the plan itself changes no rules of the house. */
  const withApprovals = (rules: Step, before: readonly object[], after: readonly object[]): Facts => {
    const judged = steps.find(({ urn }) => urn === rules.urn);
    return factsOf([...steps, judged === undefined ? rules : approving(judged, before, after)], around);
  };
  const recorded = (approvals: readonly object[]) => withApprovals(kept(GOVERNANCE, HOUSE, { approvals }), approvals, approvals);
  const own = (judged: readonly Closed[]) => judged.filter((closed) => closed.gate === gate.name);
  const change = () => own(judgeGates(recorded([])).closed)[0]?.change;
  const approval = (more: object = {}) => ({
    gate: gate.name,
    object,
    change: change(),
    by: "cto@acme.example",
    reason: "agreed with the team",
    until: TODAY,
    ...more,
  });

  describe(gate.name, () => {
    it("stops the change and says what would happen", () => {
      expect(found(gate, closes)).toEqual([{ object, what }]);
    });

    it.each(Object.entries(passes))("lets pass %s", (_, plan) => {
      expect(found(gate, plan)).toEqual([]);
    });

    if (unknown !== undefined) {
      it("takes what only an apply will know for the worst", () => {
        expect(found(gate, unknown).map((one) => one.object)).toEqual([object]);
      });
    }

    it.each([
      ["on its last day too", TODAY],
      ["for as long as one may last", "2027-02-19"],
    ])("opens for a recorded approval of this change, %s", (_, until) => {
      const judged = judgeGates(recorded([approval({ until })]));
      expect(own(judged.closed)).toEqual([]);
      expect(own(judged.opened.map(({ closed }) => closed)).map((closed) => closed.object)).toEqual([object]);
    });

    it.each([
      ["that has expired", { until: "2026-11-20" }, "ended on 2026-11-20"],
      ["that lasts too long", { until: "2027-02-20" }, "give it an end no later than 2027-02-19"],
      ["without any end to speak of", { until: "9999-12-31" }, "lasts until 9999-12-31, and one counts for 90 days at most"],
      ["of another change", { change: "0123456789abcdef" }, "is for another change (0123456789abcdef)"],
      ["of another object", { object: "projects/other" }, "To have it approved"],
      ["of another gate", { gate: GATES.find(({ name }) => name !== gate.name)?.name }, "To have it approved"],
    ])("stays closed for an approval %s", (_, more, advice) => {
      const [closed, ...others] = own(judgeGates(recorded([approval(more)])).closed);
      expect(others).toEqual([]);
      expect(closed?.advice).toContain(advice);
    });

    it("stays closed for an approval that comes with the change itself", () => {
      const approvals = [approval()];
      const first = created(GOVERNANCE, HOUSE, { approvals });
      const later = updated(GOVERNANCE, HOUSE, { approvals: [] }, { approvals });
      for (const rules of [first, later]) {
        const [closed] = own(judgeGates(withApprovals(rules, [], approvals)).closed);
        expect(closed?.advice).toContain("apply the approval first, by itself");
      }
    });
  });
}
