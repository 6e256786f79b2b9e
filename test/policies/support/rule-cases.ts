import { describe, expect, it } from "vitest";
import { judge, messageOf } from "../../../provider/policies/judge.js";
import type { Rule } from "../../../provider/policies/rule.js";
import { StackView } from "../../../provider/policies/stack-view.js";
import { viewOf } from "./view.js";

interface Cases {
  /** A stack that keeps the rule. */
  readonly passes: string;
  /** A stack that breaks it, once. */
  readonly fails: string;
  /** The whole message of that violation. */
  readonly message: string;
  /** Properties of the failing stack that are made unknown, `object#property`: nothing can be said of it any more. */
  readonly unknown: readonly string[];
  /** System of the control plane where the stacks name none. */
  readonly system?: string;
  /** A rule that needs governance to judge at all: lines of the block. */
  readonly governance?: string;
}

export const TODAY = "2026-11-21";

/** Violations of one rule as `level: message`, today. */
export function told(rule: Rule, view: StackView): readonly string[] {
  return judge([rule], view, { today: TODAY }).map((verdict) => `${verdict.level}: ${messageOf(verdict)}`);
}

/** What every rule must do: pass, fail with its message, say nothing of the unknown, know exceptions and their end, and show its own pair. */
export function ruleCases(rule: Rule, { passes, fails, message, unknown, system = "gatehouse", governance = "" }: Cases): void {
  const house = (text: string, more = "") => {
    const lines = [governance, more].filter((part) => part !== "").map((part) => `  ${part.trim().replaceAll("\n", "\n  ")}`);
    return lines.length === 0 ? text : `${text}\ngovernance:\n${lines.join("\n")}`;
  };
  const exception = (object: string, until: string) =>
    `exceptions:\n  - { rule: ${rule.name}, object: "${object}", reason: "accepted for the time being", until: ${until} }`;
  const failing = () => judge([rule], viewOf(house(fails), system), { today: TODAY });

  describe(rule.name, () => {
    it("has nothing against a stack that keeps it", () => {
      expect(told(rule, viewOf(house(passes), system))).toEqual([]);
    });

    it("says who breaks it, why it matters and what to write instead", () => {
      expect(failing().map(messageOf)).toEqual([message]);
    });

    it("says nothing of what only an apply will know", () => {
      expect(told(rule, viewOf(house(fails), system, unknown))).toEqual([]);
    });

    it("lets an exception stand until its day, and not a day longer", () => {
      const object = failing()[0]?.object.name ?? "";
      const judged = (until: string) => judge([rule], viewOf(house(fails, exception(object, until)), system), { today: TODAY });
      expect(judged("2026-11-21").map((verdict) => verdict.exception?.until)).toEqual(["2026-11-21"]);
      expect(judged("2026-11-20").map((verdict) => verdict.exception)).toEqual([undefined]);
    });

    if (rule.alone !== undefined) {
      it("is not mistaken about a resource that is seen alone", () => {
        const view = viewOf(house(passes), system);
        const alone = view.objects.filter(({ kind }) => kind === rule.alone).map((object) => new StackView([object]));
        expect(alone.flatMap((one) => told(rule, one))).toEqual([]);
      });
    }

    it("is shown by its own pair of examples", () => {
      const { bad, good } = rule.example;
      expect(told(rule, viewOf(house(bad), system)).length).toBeGreaterThan(0);
      expect(told(rule, viewOf(house(good), system))).toEqual([]);
    });
  });
}
