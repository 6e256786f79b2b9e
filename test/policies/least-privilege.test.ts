import { describe, expect, it } from "vitest";
import { leastPrivilege } from "../../provider/policies/rules/least-privilege.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

const ADMINS = "ada@acme.example: owner, bea@acme.example: admin";
const stack = (member: string, project: string) =>
  `members: { ${ADMINS}, ${member} }\nprojects: { checkout: { name: Checkout, ${project} } }`;

ruleCases(leastPrivilege, {
  passes: stack("lin@acme.example: manager", "launch: { owner: lin@acme.example }"),
  fails: stack("lin@acme.example: admin", "launch: { owner: lin@acme.example }"),
  message:
    "OrganizationMember members/lin@acme.example (role) is an administrator who leads projects (checkout). An administrator acts in every project and over every member, so each one more is a way into all of them. Write `role: manager`, which is enough to make and lead projects.",
  unknown: ["members/lin@acme.example#role"],
});

const judged = (text: string, system?: string, unknown?: readonly string[]) => told(leastPrivilege, viewOf(text, system, unknown));

describe("least-privilege", () => {
  it("tells an administrator who works in one project alone, or only reads", () => {
    expect(judged(stack("kim@acme.example: admin", "members: { kim@acme.example: editor }"))[0]).toMatch(
      /is an administrator who works in one project alone \(checkout\)\..*`role: member`/,
    );
    expect(judged(stack("kim@acme.example: admin", "members: { kim@acme.example: viewer }"))[0]).toMatch(
      /is an administrator who only reads in projects \(checkout\)/,
    );
  });

  it("leaves alone an administrator who works in several projects or in none", () => {
    const two = `members: { ${ADMINS}, kim@acme.example: admin }
projects: { a: { name: A, members: { kim@acme.example: editor } }, b: { name: B, members: { kim@acme.example: editor } } }`;
    expect(judged(two)).toEqual([]);
    expect(judged(stack("kim@acme.example: admin", "description: Nothing"))).toEqual([]);
  });

  it("spares the two administrators that there must be", () => {
    expect(judged(`members: { ${ADMINS} }\nprojects: { checkout: { name: Checkout, launch: { owner: bea@acme.example } } }`)).toEqual([]);
  });

  it("names the role that a system has for it", () => {
    const routerly = `members: { ${["a", "b", "c"].map((name) => `${name}@acme.example: { role: admin, initialPassword: { env: GATEHOUSE_X } }`).join(", ")} }
projects: { checkout: { name: Checkout, launch: { owner: c@acme.example } } }`;
    expect(judged(routerly, "routerly")[0]).toContain("Write `role: operator`");
    const anyint = stack("c@acme.example: admin", "launch: { owner: c@acme.example }").replace("owner, bea", "admin, bea");
    expect(judged(anyint, "anyint")[0]).toContain("works in one project alone (checkout)");
    expect(judged(anyint, "anyint")[0]).toContain("Write `role: member`");
  });

  it("says nothing while the project's owner is unknown", () => {
    expect(
      judged(stack("lin@acme.example: admin", "launch: { owner: lin@acme.example }"), "gatehouse", ["projects/checkout#launch.owner"]),
    ).toEqual([]);
  });
});
