import { describe, expect, it } from "vitest";
import { exceptionsAreInForce } from "../../provider/policies/rules/exceptions-are-in-force.js";
import { told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const until = (day: string, more = "") => `governance: {
  exceptions: [{ rule: keys-expire, object: projects/a/keys/b, reason: the vendor has no renewal, until: ${day} }]${more}
}`;

describe("exceptions-are-in-force", () => {
  it("has nothing against an exception on its last day", () => {
    expect(told(exceptionsAreInForce, viewOf(until("2026-11-21")))).toEqual([]);
  });

  it("calls an expired exception a violation", () => {
    expect(told(exceptionsAreInForce, viewOf(until("2026-11-20")))).toEqual([
      "mandatory: Governance governance (exceptions.0) excepts projects/a/keys/b from keys-expire until 2026-11-20, which is over. An exception that nobody ends becomes the rule. Put the object right and remove the exception, or give it a new end.",
    ]);
  });

  it("calls an exception without a near end a violation, nearer where the house is strict", () => {
    expect(told(exceptionsAreInForce, viewOf(until("2027-11-21")))).toEqual([]);
    expect(told(exceptionsAreInForce, viewOf(until("2027-11-22")))).toHaveLength(1);
    expect(told(exceptionsAreInForce, viewOf(until("2027-11-21", ", preset: strict")))).toHaveLength(1);
  });

  it("says nothing of exceptions that only an apply will know", () => {
    expect(told(exceptionsAreInForce, viewOf(until("2026-11-20"), "gatehouse", ["governance#exceptions"]))).toEqual([]);
  });

  it("is shown by its own pair of examples", () => {
    const { bad, good } = exceptionsAreInForce.example;
    expect(told(exceptionsAreInForce, viewOf(bad))).toHaveLength(1);
    expect(told(exceptionsAreInForce, viewOf(good))).toEqual([]);
  });
});
