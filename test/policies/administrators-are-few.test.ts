import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ADAPTER_LIST } from "../../provider/adapters/index.js";
import { judge } from "../../provider/policies/judge.js";
import { administratorsAreFew } from "../../provider/policies/rules/administrators-are-few.js";
import { ruleCases, TODAY, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const six =
  "members: { a@acme.example: owner, b@acme.example: admin, c@acme.example: admin, d@acme.example: admin, e@acme.example: admin, f@acme.example: admin }";

ruleCases(administratorsAreFew, {
  passes: "members: { ada@acme.example: owner, bea@acme.example: admin, kim@acme.example: member }",
  fails: six,
  message:
    "OrganizationMember members/f@acme.example (role) is one administrator too many: 6 of 6 members administer (a@acme.example, b@acme.example, c@acme.example, d@acme.example, e@acme.example and 1 more), and at most 5 may. Where everybody administers, nobody governs keys, billing and members; where one does, nobody can when that one is away. Give the others a role that does not manage members, and a role in their projects (`projects.NAME.members`).",
  unknown: ["members/f@acme.example#role"],
});

const judged = (text: string, system?: string, unknown?: readonly string[]) => told(administratorsAreFew, viewOf(text, system, unknown));
const crowd = (administrators: number, others: number, role = "admin", other = "member") =>
  `members:\n${Array.from({ length: administrators + others }, (_, index) => `  p${index}@acme.example: ${index < administrators ? role : other}`).join("\n")}`;

describe("administrators-are-few", () => {
  it.each([
    [5, 3, 0],
    [2, 8, 0],
    [3, 6, 0],
    [3, 7, 1],
    [3, 12, 0],
    [5, 20, 0],
    [6, 40, 1],
  ])("counts %i administrators beside %i others: %i too many", (administrators, others, violations) => {
    expect(judged(crowd(administrators, others)).filter((text) => text.startsWith("mandatory"))).toHaveLength(violations);
  });

  it("tells each one too many, so that an exception for one is none for the others", () => {
    const excepted = `governance:
  exceptions: [{ rule: administrators-are-few, object: members/p5@acme.example, reason: hands over until the end of May, until: 2026-12-31 }]`;
    const verdicts = judge([administratorsAreFew], viewOf(`${crowd(8, 40)}\n${excepted}`), { today: TODAY });
    expect(verdicts.map(({ object, exception }) => [object.name, exception?.until])).toEqual([
      ["members/p5@acme.example", "2026-12-31"],
      ["members/p6@acme.example", undefined],
      ["members/p7@acme.example", undefined],
    ]);
  });

  const administrations = ADAPTER_LIST.flatMap(({ system, roles }) =>
    Object.entries(roles.organization).flatMap(([role, { organization }]) =>
      organization.includes("manageMembers") && organization.includes("configure") ? [[system, role] as const] : [],
    ),
  );

  it.each(administrations)("tells everyone an administrator on %s, by the role %s", (system, role) => {
    expect(judged(crowd(7, 0, role), system)).toHaveLength(2);
  });

  it("knows such a role on every system but the one whose accounts reach nothing by themselves", () => {
    const systems = new Set(administrations.map(([system]) => system));
    expect(ADAPTER_LIST.map(({ system }) => system).filter((system) => !systems.has(system))).toEqual(["qodex"]);
  });

  it("only advises a second administrator, since one may be there whom nobody declares", () => {
    expect(judged("organization: { name: Acme }\nmembers: { ada@acme.example: owner, kim@acme.example: member }")).toEqual([
      expect.stringMatching(
        /^advisory: Organization organization is in a stack that declares 1 administrator \(ada@acme.example\), and at least 2/,
      ),
    ]);
    expect(judged("members: { kim@acme.example: member }")[0]).toMatch(/^advisory: .* declares no administrator, and at least 2 should/);
  });

  it("says nothing of a stack without members", () => {
    expect(judged("projects: { checkout: { name: Checkout } }")).toEqual([]);
  });

  it("asks for the administrators whom the house requires", () => {
    const governed = (members: string) =>
      judged(`members: { ada@acme.example: owner, bea@acme.example: admin, ${members} }
governance: { settings: { administrators-are-few: { required: [Kim@acme.example] } } }`);
    expect(governed("kim@acme.example: admin")).toEqual([]);
    expect(governed("kim@acme.example: viewer")[0]).toMatch(
      /^mandatory: OrganizationMember members\/kim@acme.example \(role\) must be an administrator and is viewer\./,
    );
    expect(governed("lin@acme.example: viewer")[0]).toMatch(
      /^mandatory: .* is in a stack without its required administrator kim@acme.example\./,
    );
    expect(governed("kim@acme.example: { role: admin, expiresAt: 2026-11-20 }")).toHaveLength(1);
  });

  it("waits for a required administrator while one of the members is unknown", () => {
    const text = `members: { ada@acme.example: owner, bea@acme.example: admin }
governance: { settings: { administrators-are-few: { required: [kim@acme.example] } } }`;
    expect(judged(text)).toHaveLength(1);
    expect(judged(text, "gatehouse", ["members/bea@acme.example#user"])).toEqual([]);
  });

  it("does not count a membership of which only an apply will know the end", () => {
    expect(judged(six, "gatehouse", ["members/f@acme.example#expiresAt"])).toEqual([]);
  });

  it("does not count a membership that has ended, today too, and counts one that ends tomorrow", () => {
    const until = (day: string) => six.replace("f@acme.example: admin", `f@acme.example: { role: admin, expiresAt: ${day} }`);
    expect(judged(until("2026-11-21"))).toEqual([]);
    expect(judged(until("2026-11-22"))).toHaveLength(1);
  });

  it("counts a custom role by its permissions", () => {
    const roles = (permissions: string) => `roles: { boss: { permissions: [${permissions}] } }\n${crowd(6, 0, "boss")}`;
    expect(judged(roles("user:write"), "routerly")).toHaveLength(1);
    expect(judged(roles("model:write"), "routerly")).toEqual([expect.stringContaining("declares no administrator")]);
    expect(judged(roles("member:write, organization:write"))).toHaveLength(1);
    expect(judged(roles("member:write, organization:write"), "gatehouse", ["roles/boss#permissions"])).toEqual([]);
  });

  it("counts what administers in each system: an Olyx admin as its owner, a Floopy manager not", () => {
    expect(judged(crowd(6, 0, "owner"), "olyx")).toHaveLength(1);
    expect(judged(crowd(2, 6, "owner", "admin"), "olyx")).not.toEqual([]);
    expect(judged(crowd(6, 0, "admin"), "anyint")).toHaveLength(1);
    expect(judged(crowd(6, 0, "manager"), "floopy")[0]).toMatch(/^advisory/);
  });

  it("judges each control plane by itself, and tells what is known beside what is not", () => {
    const two = `controlPlanes: { one: { system: gatehouse }, two: { system: gatehouse } }
members:
${["a", "b", "c"].map((name) => `  ${name}@acme.example: { role: admin, on: [one] }\n  ${name}2@acme.example: { role: admin, on: [two] }`).join("\n")}`;
    expect(judged(two)).toEqual([]);
    expect(judged(crowd(7, 0), "gatehouse", ["members/p0@acme.example#role"])).toHaveLength(1);
  });

  it("never allows more when members leave, and never less when members join", () => {
    const tooMany = (administrators: number, others: number) =>
      judged(crowd(administrators, others)).some((text) => text.startsWith("mandatory"));
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 10, max: 40 }), (administrators, others) => {
        if (tooMany(administrators, others + 1)) expect(tooMany(administrators, others)).toBe(true);
        if (tooMany(administrators, others)) expect(tooMany(administrators + 1, others)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });
});
