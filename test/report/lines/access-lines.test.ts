import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../schema/unknown.js";
import { created, deleted, kept, replaced, updated } from "../../gates/support/plan.js";
import { linesIn, reportOfPlan } from "../support/report-of-plan.js";

const CHECKOUT = kept("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout" }, { id: "p1" });
const AUDITORS = ["ann", "ben", "cem", "dee", "eva"].map((name) =>
  kept("OrganizationMember", `members/${name}`, { user: `${name}@acme.example`, role: "auditor" }),
);

describe("lines about access", () => {
  it("tell a custom role once for all who hold it, with each of them in the details", () => {
    const role = updated(
      "Role",
      "roles/auditor",
      { name: "auditor", permissions: ["project:read"] },
      { permissions: ["project:read", "key:write"] },
    );
    const [line, ...others] = reportOfPlan([role, ...AUDITORS]).lines.filter(({ section }) => section === "access");
    expect(others).toEqual([]);
    expect(line).toMatchObject({ object: "roles/auditor", kind: "Role", operation: "update" });
    expect(line?.text).toMatch(/^ann@acme\.example, ben@acme\.example, cem@acme\.example and 2 more gain /);
    expect(line?.details).toEqual([
      expect.stringMatching(
        /^all of them widened in every project: .*; they are ann@acme\.example, ben@.*, cem@.*, dee@.*, eva@acme\.example$/,
      ),
    ]);
    expect(line?.values).toEqual([{ property: "permissions", before: ["project:read"], after: ["project:read", "key:write"] }]);
  });

  it("say once and for all that a custom role administers, not whenever it changes", () => {
    const permissions = ["member:write", "organization:write"];
    const role = updated("Role", "roles/auditor", { name: "auditor", permissions }, { permissions: [...permissions, "report:read"] });
    expect(reportOfPlan([role, ...AUDITORS]).lines.filter(({ severity }) => severity === "critical")).toEqual([]);
  });

  it("tell what a member gains again whose membership had ended, in projects too", () => {
    const ended = { status: "expired" };
    const steps = (role: string) => [
      CHECKOUT,
      updated(
        "OrganizationMember",
        "members/kim",
        { user: "kim@acme.example", role, expiresAt: "2026-01-01" },
        { expiresAt: "2030-01-01" },
        ended,
      ),
      kept("ProjectMember", "projects/checkout/members/kim", { project: "p1", user: "kim@acme.example", role: "admin" }, ended),
    ];
    expect(linesIn("access", steps("admin"))).toEqual([expect.stringMatching(/^critical: kim@acme\.example gains administration/)]);
    expect(linesIn("access", steps("viewer"))).toContainEqual(
      expect.stringMatching(/kim@acme\.example gains .*manage members.* in checkout/),
    );
  });

  it("leave a key that is unlocked to the keys", () => {
    const steps = [CHECKOUT, updated("ApiKey", "keys/a", { name: "a", project: "p1", environment: "staging" }, { project: undefined })];
    expect(linesIn("keys", steps)).toEqual(["medium: key a is no longer locked to its project"]);
    expect(linesIn("access", steps)).toEqual([]);
  });

  it("tell what a person gains in a project with the membership, and the way in the details", () => {
    const report = reportOfPlan([
      CHECKOUT,
      created("ProjectMember", "projects/checkout/members/kim", { project: "p1", user: "kim@acme.example", role: "viewer" }),
    ]);
    expect(report.lines).toMatchObject([
      {
        section: "access",
        object: "projects/checkout/members/kim",
        operation: "create",
        details: ["kim@acme.example gained in checkout: nothing → view, by member of checkout as viewer"],
      },
    ]);
  });

  it("tell somebody's several memberships at once, and where each of them stands", () => {
    const steps = ["checkout", "search"].flatMap((name) => [
      kept("Project", `projects/${name}`, { name, slug: name }, { id: name }),
      created("ProjectMember", `projects/${name}/members/kim`, { project: name, user: "kim@acme.example", role: "viewer" }),
    ]);
    const placeOf = (name: string) => ({ file: `${name.split("/")[1]}.yaml`, line: 7, column: 1 });
    const [line, ...others] = reportOfPlan(steps, { placeOf }).lines;
    expect(others).toEqual([]);
    expect(line).toMatchObject({ text: "kim@acme.example gains view in checkout, search", place: { file: "checkout.yaml" } });
    expect(line?.details).toContain("also by projects/search/members/kim (search.yaml:7)");
  });

  it("say that a role in a project changes nothing where an organization role gives as much", () => {
    const steps = [
      CHECKOUT,
      kept("OrganizationMember", "members/ada", { user: "ada@acme.example", role: "owner" }),
      created("ProjectMember", "projects/checkout/members/ada", { project: "p1", user: "ada@acme.example", role: "admin" }),
    ];
    expect(linesIn("access", steps)).toEqual([
      "low: ProjectMember projects/checkout/members/ada (admin) changes nothing: organization role owner gives as much",
    ]);
    expect(linesIn("rest", steps)).toEqual([]);
  });

  it("say nothing of the kind of a role in a project that gives more", () => {
    const member = { project: "p1", user: "ada@acme.example", role: "viewer" };
    const steps = [
      CHECKOUT,
      kept("OrganizationMember", "members/ada", { user: "Ada@acme.example", role: "viewer" }),
      updated("ProjectMember", "pm/ada", member, { role: "editor" }),
    ];
    expect(linesIn("access", steps)).toEqual(["high: ada@acme.example gains call models, manage keys, configure in checkout"]);
  });

  it("tell an archived project once for all who have the same in it", () => {
    const member = (name: string) => kept("ProjectMember", `pm/${name}`, { project: "p1", user: `${name}@acme.example`, role: "viewer" });
    const editor = (name: string) => kept("ProjectMember", `pm/${name}`, { project: "p1", user: `${name}@acme.example`, role: "editor" });
    const archived = updated(
      "Project",
      "projects/checkout",
      { name: "Checkout AI", slug: "checkout" },
      { status: "archived" },
      { id: "p1" },
    );
    const steps = [archived, editor("ann"), editor("ben"), member("cem")];
    expect(linesIn("access", steps)).toEqual([
      "medium: project checkout is archived",
      "low: ann@acme.example, ben@acme.example lose call models, manage keys, configure in checkout",
    ]);
    expect(linesIn("rest", steps)).toEqual([]);
  });

  it("say that what nobody knows yet may be gained", () => {
    const steps = [
      CHECKOUT,
      updated("ProjectMember", "pm/kim", { project: "p1", user: "kim@acme.example", role: "viewer" }, { role: UNKNOWN }),
    ];
    expect(linesIn("access", steps)[0]).toMatch(/^high: kim@acme\.example gains call models\?, manage keys\?.* in checkout$/);
  });

  it("leave amounts to the limits, and models to access", () => {
    const steps = [
      CHECKOUT,
      updated(
        "ApiKey",
        "keys/a",
        { name: "a", project: "p1", hourlyUsd: 1, models: { allowed: ["x"] } },
        { hourlyUsd: 2, models: { allowed: ["x", "y"] } },
      ),
    ];
    expect(linesIn("access", steps)).toEqual(["medium: key a may do more in checkout: only models x (key) → only models x, y (key)"]);
    expect(linesIn("limits", steps)).toEqual(["medium: keys/a: hourlyUsd rises: 1 → 2 USD an hour, ×2"]);
    expect(linesIn("rest", steps)).toEqual([]);
  });

  it("leave keys that come and go to the keys", () => {
    const steps = [
      CHECKOUT,
      created("ApiKey", "keys/a", { name: "a", project: "p1" }),
      deleted("ApiKey", "keys/b", { name: "b", project: "p1" }),
    ];
    expect(linesIn("access", steps)).toEqual([]);
    expect(linesIn("keys", steps)).toHaveLength(2);
  });

  it("say which models a project's keys reach from now on", () => {
    const steps = [CHECKOUT, created("Model", "models/a", { identifier: "a", project: "p1", provider: "openai" })];
    expect(linesIn("access", steps)).toEqual(["medium: every key may do more in checkout: models: a (project)"]);
  });

  it("tell somebody who takes another's place as one who loses and one who gains", () => {
    const steps = [
      CHECKOUT,
      replaced("ProjectMember", "pm/lead", { project: "p1", user: "kim@acme.example", role: "viewer" }, { user: "lin@acme.example" }),
    ];
    expect(linesIn("access", steps)).toEqual([
      "medium: kim@acme.example loses view in checkout",
      "medium: lin@acme.example gains view in checkout",
    ]);
  });

  it("tell what several people gain alike once, with what is true of all of them", () => {
    const people = ["ann", "ben", "cem", "dee", "eva"];
    const steps = people.map((name) => created("OrganizationMember", `members/${name}`, { user: `${name}@acme.example`, role: "viewer" }));
    const placeOf = (name: string) => ({ file: "gatehouse.yaml", line: people.findIndex((one) => name.endsWith(one)) + 1, column: 1 });
    const [line, ...others] = reportOfPlan(steps, { placeOf }).lines;
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      severity: "medium",
      text: "ann@acme.example, ben@acme.example, cem@acme.example and 2 more gain view in the organization; view in every project",
      values: [{ property: "role", after: "viewer" }],
      place: { line: 1 },
    });
    expect(line?.details[0]).toMatch(/^all of them gained in the organization: .*, eva@acme\.example$/);
    expect(line?.details.at(-1)).toBe(
      "also by members/ben (gatehouse.yaml:2), members/cem (gatehouse.yaml:3), members/dee (gatehouse.yaml:4), members/eva (gatehouse.yaml:5)",
    );
  });

  it("tell apart who gains the same by a membership and who by a role", () => {
    const steps = [
      updated("Role", "roles/auditor", { name: "auditor", permissions: [] }, { permissions: ["report:read"] }),
      kept("OrganizationMember", "members/ann", { user: "ann@acme.example", role: "auditor" }),
      created("OrganizationMember", "members/ben", { user: "ben@acme.example", role: "auditor" }),
    ];
    expect(linesIn("access", steps)).toEqual([
      "medium: ben@acme.example gains view in the organization",
      "medium: ann@acme.example gains view in the organization",
    ]);
  });

  it("name the environment class that somebody's access is about", () => {
    const steps = [
      kept("Project", "projects/shop", { name: "Shop", slug: "shop", environment: "production" }, { id: "p9" }),
      created("ProjectMember", "pm/kim", { project: "p9", user: "kim@acme.example", role: "viewer" }),
    ];
    expect(linesIn("access", steps)).toEqual(["medium: kim@acme.example gains view in shop (production)"]);
  });

  it("name the keys that somebody who leaves answers for, and only then", () => {
    const key = kept("ApiKey", "keys/a", { name: "a", project: "p1", environment: "staging", owner: "Kim@acme.example" });
    const membership = { project: "p1", user: "kim@acme.example", role: "viewer" };
    const leaves = [CHECKOUT, key, deleted("ProjectMember", "pm/kim", membership)];
    expect(reportOfPlan(leaves).lines).toMatchObject([
      { severity: "medium", details: [expect.any(String), "kim@acme.example answers for keys: a"] },
    ]);
    const stays = [...leaves, kept("OrganizationMember", "members/kim", { user: "kim@acme.example", role: "member" })];
    expect(JSON.stringify(reportOfPlan(stays).lines)).not.toContain("answers for");
  });

  it("have a matrix of everybody, before and after, with the uncertain marked", () => {
    const steps = [
      CHECKOUT,
      kept("OrganizationMember", "members/ada", { user: "ada@acme.example", role: "viewer" }),
      updated("ProjectMember", "pm/kim", { project: "p1", user: "kim@acme.example", role: "viewer" }, { role: UNKNOWN }),
      deleted("ApiKey", "keys/b", { name: "b", project: "p1" }),
    ];
    const rows = reportOfPlan(steps).access.map(({ subject, scope, before, after }) => [subject, scope, before.join(" "), after.join(" ")]);
    expect(rows).toEqual([
      ["ada@acme.example", "organization", "view", "view"],
      ["ada@acme.example", "every project", "view", "view"],
      ["kim@acme.example", "checkout", "view", expect.stringMatching(/^view\? callModels\?/)],
      ["b", "checkout", "callModels", ""],
    ]);
  });
});

describe("a new name", () => {
  const named = (before: string, after: string) => updated("Project", "projects/pilot", { name: before }, { name: after }, { id: "p1" });
  const lead = kept("ProjectMember", "pm/kim", { project: "p1", user: "kim@acme.example", role: "admin" });

  it("of a project that people know by it takes nothing from anybody and gives nothing", () => {
    const report = reportOfPlan([named("Pilot", "Pilot 2"), lead]);
    expect(report.lines.map(({ severity, text }) => `${severity}: ${text}`)).toEqual(["low: Project projects/pilot changes: name"]);
    expect(report.access.map(({ scope, before, after }) => [scope, before, after])).toEqual([
      ["Pilot 2", expect.any(Array), expect.any(Array)],
    ]);
  });

  it("of a key changes nothing of what it reaches", () => {
    const steps = [CHECKOUT, updated("ApiKey", "keys/a", { name: "a", project: "p1" }, { name: "b" })];
    expect(reportOfPlan(steps).lines.map(({ severity, text }) => `${severity}: ${text}`)).toEqual(["low: ApiKey keys/a changes: name"]);
  });

  it("that another project had, which ends, makes them no one project", () => {
    const other = deleted("Project", "projects/other", { name: "Pilot 2" }, { id: "p2" });
    const member = deleted("ProjectMember", "pm/lin", { project: "p2", user: "lin@acme.example", role: "viewer" });
    const report = reportOfPlan([named("Pilot", "Pilot 2"), lead, other, member]);
    expect(report.access.map(({ subject, scope, after }) => `${subject} ${scope} ${after.length > 0}`)).toEqual([
      "kim@acme.example Pilot 2 true",
      "lin@acme.example Pilot 2 (before) false",
    ]);
    expect(report.lines.find(({ object }) => object === "projects/other")?.details).toContain("access ends with it for lin@acme.example");
  });
});
