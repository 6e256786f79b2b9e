import { describe, expect, it } from "vitest";
import { type End, endsInStack, endsInView, endText, isOverdue, isTold } from "../../provider/ends/index.js";
import { StackView } from "../../provider/policies/stack-view.js";
import type { RuleByName } from "../../provider/stackfile/index.js";
import { viewOf } from "../policies/support/view.js";

const TODAY = "2026-11-21";
const endsIn = (text: string, system?: string, unknown?: readonly string[]) => endsInView(viewOf(text, system, unknown), TODAY);
const only = (ends: readonly End[]): End => {
  const [end, ...others] = ends;
  if (end === undefined || others.length > 0) throw new Error(`${ends.length} ends`);
  return end;
};

describe("what ends in a stack", () => {
  it("is told soonest first, with the days that are left, whatever kind it is of", () => {
    const ends = endsIn(`
members:
  kim@acme.example: { role: member, expiresAt: 2026-12-05 }
  lin@acme.example: member
projects:
  checkout:
    name: Checkout AI
    members: { lin@acme.example: { role: viewer, expiresAt: 2026-11-22 } }
    keys: { checkout-dev: { environment: development, expiresAt: 2026-11-30 } }
governance:
  exceptions: [{ rule: keys-expire, object: projects/checkout/keys/a, reason: renewed in January, until: 2026-12-08 }]
  approvals:
    - { gate: cap-raised, object: budgets/all, change: 0123456789abcdef, by: cto@acme.example, reason: agreed with all, until: 2026-11-20 }`);
    expect(ends.map((end) => [end.name, end.property, end.on, end.daysLeft])).toEqual([
      ["governance", "approvals.0.until", "2026-11-21", 0],
      ["projects/checkout/members/lin@acme.example", "expiresAt", "2026-11-22", 1],
      ["projects/checkout/keys/checkout-dev", "expiresAt", "2026-11-30", 9],
      ["members/kim@acme.example", "expiresAt", "2026-12-05", 14],
      ["governance", "exceptions.0.until", "2026-12-09", 18],
    ]);
    expect(ends.map(endText)).toEqual([
      "approval of cap-raised for budgets/all by cto@acme.example ended after 2026-11-20, today, and still stands",
      "membership of lin@acme.example in Checkout AI ends on 2026-11-22, tomorrow",
      "key checkout-dev ends on 2026-11-30, in 9 days",
      "membership of kim@acme.example in the organization ends on 2026-12-05, in 14 days",
      "exception from keys-expire for projects/checkout/keys/a ends after 2026-12-08, in 18 days",
    ]);
  });

  it("has nothing of a key that gives no access any more", () => {
    const view = viewOf("keys: { a: { expiresAt: 2026-12-05 } }");
    const withStatus = (status: string) => new StackView(view.objects.map((object) => ({ ...object, outputs: { status } })));
    expect(endsInView(withStatus("active"), TODAY)).toHaveLength(1);
    expect(endsInView(withStatus("revoked"), TODAY)).toEqual([]);
  });

  it("has nothing of an end that only an apply will know", () => {
    expect(
      endsIn("members: { kim@acme.example: { role: member, expiresAt: 2026-12-05 } }", "gatehouse", ["members/kim@acme.example#expiresAt"]),
    ).toEqual([]);
  });

  it.each([
    ["a production key", "projects: { p: { name: P, environment: production, keys: { a: { expiresAt: 2026-12-01 } } } }", "production"],
    ["any other key", "projects: { p: { name: P, environment: staging, keys: { a: { expiresAt: 2026-12-01 } } } }", "access"],
    ["an administrator", "members: { kim@acme.example: { role: admin, expiresAt: 2026-12-01 } }", "production"],
    [
      "the owner of a production key",
      "members: { kim@acme.example: { role: member, expiresAt: 2026-12-01 } }\nkeys: { a: { environment: production, owner: kim@acme.example } }",
      "production",
    ],
    [
      "the owner of another key",
      "members: { kim@acme.example: { role: member, expiresAt: 2026-12-01 } }\nkeys: { a: { environment: staging, owner: kim@acme.example } }",
      "access",
    ],
  ])("is weighed by what is at stake: %s", (_, text, stake) => {
    expect(only(endsIn(text)).stake).toBe(stake);
  });

  it("says what names a person who goes, and who ends the membership", () => {
    const text = `members: { kim@acme.example: { role: member, expiresAt: 2026-12-01 } }
projects: { p: { name: P, members: { kim@acme.example: viewer }, keys: { a: { owner: kim@acme.example } } } }`;
    expect(only(endsIn(text))).toMatchObject({
      endedBy: "controlPlane",
      namedBy: ["projects/p/keys/a", "projects/p/members/kim@acme.example"],
    });
    expect(only(endsIn(text, "routerly")).endedBy).toBe("run");
  });

  it.each([
    ["2026-12-05", true, false],
    ["2026-12-06", false, false],
    ["2026-11-21", true, true],
  ])("is told by every run within 14 days, and as long as it is there after: %s", (day, told, overdue) => {
    const end = only(endsIn(`members: { kim@acme.example: { role: member, expiresAt: ${day} } }`));
    expect([isTold(end), isOverdue(end)]).toEqual([told, overdue]);
  });

  it("has the rules that ignore undeclared objects, and what can be removed from the file, each at its place", () => {
    const rule = (match: string, until: string): RuleByName => ({
      kind: "ApiKey",
      match,
      until,
      reason: "known",
      controlPlane: "main",
      position: { file: "gatehouse.yaml", line: 4, column: 7 },
    });
    const ends = endsInStack(
      { ignore: [rule("new-*", "2026-11-30")], ended: { declarations: [], ignore: [rule("old-*", "2026-11-20")] } },
      TODAY,
    );
    expect(ends.map((end) => [endText(end), end.daysLeft, end.position?.line, isTold(end), isOverdue(end)])).toEqual([
      ["rule that ignores the ApiKey old-* ended after 2026-11-20 and can be removed from the file", 0, 4, true, false],
      ["rule that ignores the ApiKey new-* ends after 2026-11-30, in 10 days", 10, 4, true, false],
    ]);
  });
});
