import { describe, expect, it } from "vitest";
import { exceptionsAreInForce } from "../../provider/policies/rules/exceptions-are-in-force.js";
import { told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const judged = (text: string, ...unknown: readonly string[]) => told(exceptionsAreInForce, viewOf(text, "gatehouse", unknown));
const house = (exceptions: string, more = "") => `governance: { exceptions: [${exceptions}]${more} }`;
const exception = (until: string, rule = "keys-expire", object = "projects/a/keys/b") =>
  `{ rule: ${rule}, object: ${object}, reason: the vendor has no renewal, until: ${until} }`;
const until = (day: string, more = "") => house(exception(day), more);
const approvals = (day: string, more = "") => `governance: {
  approvals: [{ gate: cap-raised, object: keys/a, change: 0123456789ab, by: ada@acme.example, reason: the load doubles, until: ${day} }]${more}
}`;

describe("exceptions-are-in-force", () => {
  it("has nothing against an exception on its last day", () => {
    expect(judged(until("2026-11-21"))).toEqual([]);
  });

  it("calls an expired exception a violation", () => {
    expect(judged(until("2026-11-20"))).toEqual([
      "mandatory: Governance governance (exceptions.0) excepts projects/a/keys/b from keys-expire until 2026-11-20, which is over. An exception that nobody ends becomes the rule. Put the object right and remove the exception, or give it a new end.",
    ]);
  });

  it("calls an exception without a near end a violation, nearer where the house is strict", () => {
    expect(judged(until("2027-11-21"))).toEqual([]);
    expect(judged(until("2027-11-22"))).toHaveLength(1);
    expect(judged(until("2027-11-21", ", preset: strict"))).toHaveLength(1);
  });

  it("cannot be excepted, by no exception and by no chain of them", () => {
    const itself = exception("2099-01-31", "exceptions-are-in-force", "governance");
    expect(judged(house(`${exception("2026-11-20")}, ${itself}`))).toEqual([
      expect.stringMatching(/^mandatory: .*\(exceptions\.0\)/),
      expect.stringMatching(/^mandatory: .*\(exceptions\.1\) excepts governance from exceptions-are-in-force until 2099-01-31, more than/),
    ]);
  });

  it("says nothing of exceptions that only an apply will know, and tells the known one beside an unknown one", () => {
    expect(judged(until("2026-11-20"), "governance#exceptions")).toEqual([]);
    const two = house(`${exception("2026-11-20")}, ${exception("2026-11-20")}`);
    expect(judged(two, "governance#exceptions.0.until")).toEqual([expect.stringContaining("(exceptions.1)")]);
  });

  it("advises to remove an approval that is over, and to give one a near end", () => {
    expect(judged(approvals("2026-11-21"))).toEqual([]);
    expect(judged(approvals("2027-02-19"))).toEqual([]);
    expect(judged(approvals("2026-11-20"))).toEqual([
      "advisory: Governance governance (approvals.0) opens the gate cap-raised for keys/a until 2026-11-20, which is over. An exception that nobody ends becomes the rule. Remove the approval.",
    ]);
    expect(judged(approvals("2027-02-20"))).toEqual([
      expect.stringMatching(
        /^advisory: .* until 2027-02-20, more than 90 days from now\. .* no later than 2027-02-19: until then it opens no/,
      ),
    ]);
    expect(judged(approvals("2027-02-20", ", preset: strict"))).toEqual([expect.stringMatching(/^mandatory: /)]);
    expect(judged(approvals("2026-11-20", ", preset: strict"))).toEqual([expect.stringMatching(/^advisory: /)]);
  });

  it("is shown by its own pair of examples", () => {
    const { bad, good } = exceptionsAreInForce.example;
    expect(judged(bad)).toHaveLength(1);
    expect(judged(good)).toEqual([]);
  });
});
