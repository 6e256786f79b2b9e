import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { massRemoval } from "../../provider/gates/gates/mass-removal.js";
import { removalLimit } from "../../provider/gates/removal-limit.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { found, gateCases } from "./support/gate-cases.js";
import { created, deleted, factsOf, kept, listed, replaced, updated } from "./support/plan.js";

const M = "OrganizationMember";
const user = (index: number) => `u${String(index).padStart(3, "0")}@acme.example`;
const people = (count: number, role = "manager") => Array.from({ length: count }, (_, index) => ({ user: user(index), role }));
const stays = (person: { user: string }) => kept(M, `members/${person.user}`, person);
const goes = (person: { user: string }) => deleted(M, `members/${person.user}`, person);
const becomes = (person: { user: string }, role: string) => updated(M, `members/${person.user}`, person, { role });
/** A plan in which the first `lost` of `holders` go. */
const plan = (holders: number, lost: number) => ({
  steps: people(holders).map((person, index) => (index < lost ? goes(person) : stays(person))),
});

gateCases(massRemoval, {
  closes: plan(5, 2),
  object: "members:manager",
  what: `2 of 5 holders of manager are removed or demoted: ${user(0)}, ${user(1)}`,
  passes: {
    "one of a few": plan(5, 1),
    "a quarter of many": plan(12, 3),
    "a quarter of eight": plan(8, 2),
    promotions: { steps: people(4).map((person) => becomes(person, "admin")) },
    newcomers: { steps: people(4).map((person) => created(M, `members/${person.user}`, person)) },
    "people who move within the declaration": {
      steps: people(4).flatMap((person) => [goes(person), created(M, `elsewhere/${person.user}`, person)]),
    },
    "a destroy": { ...plan(5, 5), operation: "destroy" },
    "projects that end with all their members": {
      steps: [
        deleted("Project", "projects/a", { name: "A" }),
        ...people(4, "editor").map((person) =>
          deleted("ProjectMember", `projects/a/members/${person.user}`, { ...person, project: "projects/a" }),
        ),
      ],
    },
  },
  unknown: { steps: people(5).map((person, index) => (index < 2 ? becomes(person, UNKNOWN) : stays(person))) },
});

it("counts demotions, and people whom nobody declared among the holders", () => {
  const steps = people(3).map((person) => becomes(person, "viewer"));
  expect(found(massRemoval, { steps })).toMatchObject([{ what: expect.stringContaining("3 of 3 holders of manager") }]);
  const others = Array.from({ length: 9 }, (_, index) =>
    listed(M, `live-${index}`, { user: `live${index}@acme.example`, role: "manager" }),
  );
  expect(found(massRemoval, { steps, live: others })).toEqual([]);
});

it("counts the members of each project by themselves", () => {
  const inProject = (project: string) => people(4, "editor").map((person) => ({ ...person, project }));
  const steps = [
    kept("Project", "projects/a", { name: "A" }),
    ...inProject("projects/a").map((person, index) =>
      (index < 2 ? deleted : kept)("ProjectMember", `projects/a/members/${person.user}`, person),
    ),
    ...inProject("elsewhere").map((person, index) => (index < 1 ? deleted : kept)("ProjectMember", `b/members/${person.user}`, person)),
  ];
  expect(found(massRemoval, { steps })).toEqual([
    { object: "projects/a/members", what: `2 of 4 members of projects/a are removed or demoted: ${user(0)}, ${user(1)}` },
  ]);
});

it("counts people whom an exclusive collection removes", () => {
  const live = people(4).map((person, index) => listed(M, `m${index}`, person, { builtIn: index === 0 }));
  const collection = { kind: M, keep: [user(1)], ignore: [], undeclared: [] };
  const steps = [
    kept(M, "members/one", { user: user(1), role: "manager" }, { id: "m1" }),
    created("ExclusiveCollection", "members", collection),
  ];
  expect(found(massRemoval, { steps, live })).toMatchObject([{ object: "members:manager", what: expect.stringContaining("2 of 4") }]);
  const spared = [created("ExclusiveCollection", "members", { ...collection, ignore: ["u00*"] })];
  expect(found(massRemoval, { steps: spared, live })).toEqual([]);
});

it("sees that everybody with a custom role loses by a change of the role", () => {
  const auditor = { name: "auditor", permissions: ["member:read", "report:read"] };
  const steps = [...people(3, "auditor").map(stays), updated("Role", "roles/auditor", auditor, { permissions: ["report:read"] })];
  expect(found(massRemoval, { steps })).toMatchObject([{ object: "members:auditor" }]);
});

it("takes an end of access that has come, or comes too soon, for a removal", () => {
  const ends = (expiresAt: string) => people(3).map((person) => updated(M, `members/${person.user}`, person, { expiresAt }));
  expect(found(massRemoval, { steps: ends("2020-01-01") })).toMatchObject([{ what: expect.stringContaining("3 of 3 holders of manager") }]);
  expect(found(massRemoval, { steps: ends("2026-11-22") })).toHaveLength(1);
  expect(found(massRemoval, { steps: ends("2027-06-30") })).toEqual([]);
});

it("counts those whom nobody declared in a project that another one replaces", () => {
  const member = (name: string) => ({ user: `${name}@acme.example`, role: "editor", project: "projects/a" });
  const steps = [
    replaced("Project", "projects/a", { name: "A", slug: "a" }, { slug: "b" }),
    replaced("ProjectMember", "projects/a/members/own", member("own"), { project: UNKNOWN }),
  ];
  const live = ["one", "two"].map((name) => listed("ProjectMember", name, member(name), { owner: "projects/a" }));
  expect(found(massRemoval, { steps, live })).toEqual([
    { object: "projects/a/members", what: "2 of 3 members of projects/a are removed or demoted: one@acme.example, two@acme.example" },
  ]);
  expect(found(massRemoval, { steps, live: live.slice(1) })).toEqual([]);
});

describe("the arithmetic of removals", () => {
  const counts = fc.nat({ max: 60 }).chain((holders) => fc.tuple(fc.constant(holders), fc.nat({ max: holders })));
  const closes = (holders: number, lost: number) => found(massRemoval, plan(holders, lost)).length > 0;

  it("never stops the removal of one", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 200 }), (holders) => !closes(holders, 1)));
  });

  it("stops more as soon as it stops fewer", () => {
    fc.assert(fc.property(counts, ([holders, lost]) => lost === holders || !closes(holders, lost) || closes(holders, lost + 1)));
  });

  it("allows no fewer removals where there are more holders", () => {
    fc.assert(fc.property(fc.nat({ max: 500 }), (holders) => removalLimit(holders + 1) >= removalLimit(holders)));
  });

  it("stops exactly what is above a quarter, or above one of fewer than eight", () => {
    fc.assert(fc.property(counts, ([holders, lost]) => closes(holders, lost) === (holders < 8 ? lost > 1 : lost * 4 > holders)));
  });

  it("says the same, with the same digest, in any order of the plan", () => {
    const shuffled = counts.chain(([holders, lost]) => {
      const { steps } = plan(holders, lost);
      return fc.tuple(fc.constant(steps), fc.shuffledSubarray(steps, { minLength: steps.length }));
    });
    const judged = (steps: Parameters<typeof factsOf>[0]) =>
      massRemoval.judge(factsOf(steps)).map(({ object, change }) => ({ object, change }));
    fc.assert(
      fc.property(shuffled, ([steps, others]) => {
        expect(judged(others)).toEqual(judged(steps));
      }),
    );
  });
});

it("does not count whose declared end has come, of a membership or of the one of the organization that it needs", () => {
  const due = people(5).map((person, index) => (index < 4 ? { ...person, expiresAt: "2026-11-21" } : person));
  const steps = due.map((person, index) => (index < 4 ? goes(person) : stays(person)));
  expect(found(massRemoval, { steps })).toEqual([]);
  const inProject = due.map(({ user: who }, index) =>
    (index < 4 ? deleted : kept)("ProjectMember", `projects/a/members/${who}`, { user: who, role: "editor", project: "projects/a" }),
  );
  expect(found(massRemoval, { steps: [kept("Project", "projects/a", { name: "A" }), ...steps, ...inProject] })).toEqual([]);
  expect(found(massRemoval, { steps: [kept("Project", "projects/a", { name: "A" }), ...inProject] })).toHaveLength(1);
});
