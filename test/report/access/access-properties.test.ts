import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Adapter } from "../../../provider/adapters/adapter.js";
import { ADAPTER_LIST } from "../../../provider/adapters/index.js";
import type { SeenObject } from "../../../provider/policies/seen.js";
import { type AccessChange, accessDiff, accessMatrix } from "../../../provider/report/access/index.js";
import { accessIn, seen } from "./support/access.js";

const PROJECTS = ["alpha", "beta", "gamma"];
const PEOPLE = ["ada@acme.example", "bea@acme.example"];

/** Roles of a system, one that a stack declares, and one that nobody knows. */
function rolesOf(table: object): fc.Arbitrary<string> {
  return fc.constantFrom(...Object.keys(table), "keeper", "owls");
}

/** Stacks on one system, which is any. */
const stack = fc.constantFrom(...ADAPTER_LIST).chain(stackOn);
const twoStacks = fc.constantFrom(...ADAPTER_LIST).chain((adapter) => fc.tuple(stackOn(adapter), stackOn(adapter)));

function stackOn({ system, roles }: Adapter) {
  const member = fc.record({ user: fc.constantFrom(...PEOPLE), role: rolesOf(roles.organization) });
  const membership = fc.record({ project: fc.constantFrom(...PROJECTS), user: fc.constantFrom(...PEOPLE), role: rolesOf(roles.project) });
  const key = fc.record(
    {
      name: fc.constantFrom("one", "two"),
      project: fc.constantFrom(...PROJECTS),
      defaultProject: fc.constantFrom(...PROJECTS),
      environment: fc.constantFrom("development", "production"),
      hourlyUsd: fc.integer({ min: 1, max: 3 }),
      models: fc.record({ allowed: fc.subarray(["small", "large"]) }),
    },
    { requiredKeys: ["name"] },
  );
  const many = <T extends object>(one: fc.Arbitrary<T>, name: (value: T) => string) =>
    fc.uniqueArray(one, { maxLength: 5, selector: name });
  return fc
    .record({
      statuses: fc.tuple(...PROJECTS.map(() => fc.constantFrom("active", "archived"))),
      permissions: fc.subarray(["project:read", "project:write", "key:write", "user:write"]),
      members: many(member, ({ user }) => user),
      memberships: many(membership, ({ project, user }) => `${project} ${user}`),
      keys: many(key, ({ name }) => name),
    })
    .map(({ statuses, permissions, members, memberships, keys }) => ({
      fixed: [
        seen("Role", "keeper", { name: "keeper", permissions }, { system }),
        ...PROJECTS.map((slug, index) => seen("Project", slug, { slug, name: slug, status: statuses[index] }, { system })),
      ],
      grants: [
        ...members.map((inputs) => seen("OrganizationMember", `members/${inputs.user}`, inputs, { system })),
        ...memberships.map((inputs) => seen("ProjectMember", `${inputs.project}/${inputs.user}`, inputs, { system })),
        ...keys.map((inputs) => seen("ApiKey", `keys/${inputs.name}`, inputs, { system })),
      ],
    }));
}

/** What everybody can do everywhere, as `who where: capability`, with what only may be as `capability?`. */
function everything(objects: readonly SeenObject[]): ReadonlySet<string> {
  const access = accessIn(objects);
  const rows = [...accessMatrix(access), ...PROJECTS.flatMap((project) => accessMatrix(access, { project }))];
  return new Set(
    rows.flatMap(({ subject, in: place, project, capabilities, maybe }) =>
      [...capabilities.flatMap((one) => [one, `${one}?`]), ...maybe.map((one) => `${one}?`)].map(
        (one) => `${subject.name} ${project ?? place}: ${one}`,
      ),
    ),
  );
}

function mirrored(changes: readonly AccessChange[]): readonly string[] {
  const opposite = { gained: "lost", lost: "gained", widened: "narrowed", narrowed: "widened" } as const;
  return changes.map(({ change, places, owner: _, ...rest }) => {
    const swapped = places.map(({ before, after, environments: __, ...place }) => ({ ...place, before: after, after: before }));
    return JSON.stringify({ ...rest, change: opposite[change], places: sorted(swapped) });
  });
}

function plain(changes: readonly AccessChange[]): readonly string[] {
  return changes.map(({ change, places, owner: _, ...rest }) => {
    const same = places.map(({ before, after, environments: __, ...place }) => ({ ...place, before, after }));
    return JSON.stringify({ ...rest, change, places: sorted(same) });
  });
}

function sorted<T>(values: readonly T[]): readonly T[] {
  return values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

describe("effective access, of whatever stack", () => {
  it("never loses a capability by one more grant", () => {
    fc.assert(
      fc.property(stack, fc.nat(), ({ fixed, grants }, nth) => {
        const without = grants.filter((_, index) => index !== nth % Math.max(grants.length, 1));
        const all = everything([...fixed, ...grants]);
        expect([...everything([...fixed, ...without])].filter((one) => !all.has(one))).toEqual([]);
      }),
    );
  });

  it("loses with a grant exactly what no other grant gives", () => {
    fc.assert(
      fc.property(stack, fc.nat(), ({ fixed, grants }, nth) => {
        const removed = grants.filter((_, index) => index === nth % Math.max(grants.length, 1));
        const others = grants.filter((grant) => !removed.includes(grant));
        const rest = everything([...fixed, ...others]);
        const each = new Set(others.flatMap((grant) => [...everything([...fixed, grant])]));
        expect(new Set([...rest])).toEqual(each);
        const lost = [...everything([...fixed, ...grants])].filter((one) => !rest.has(one));
        const onlyIts = [...everything([...fixed, ...removed])].filter((one) => !each.has(one));
        expect(lost.toSorted()).toEqual(onlyIts.toSorted());
      }),
    );
  });
});

describe("a comparison, of whatever stacks", () => {
  it("finds nothing between a stack and itself", () => {
    fc.assert(
      fc.property(stack, ({ fixed, grants }) => {
        expect(accessDiff(accessIn([...fixed, ...grants]), accessIn([...fixed, ...grants].toReversed()))).toEqual([]);
      }),
    );
  });

  it("says the opposite the other way round", () => {
    fc.assert(
      fc.property(twoStacks, ([one, other]) => {
        const [a, b] = [accessIn([...one.fixed, ...one.grants]), accessIn([...other.fixed, ...other.grants])];
        expect(sorted(mirrored(accessDiff(b, a)))).toEqual(sorted(plain(accessDiff(a, b))));
      }),
    );
  });

  it("finds something wherever a capability differs, and names no subject in vain", () => {
    fc.assert(
      fc.property(twoStacks, ([one, other]) => {
        const [was, is] = [everything([...one.fixed, ...one.grants]), everything([...other.fixed, ...other.grants])];
        const differing = [...was, ...is].filter((entry) => !was.has(entry) || !is.has(entry)).map((entry) => entry.split(" ")[0] ?? "");
        const changes = accessDiff(accessIn([...one.fixed, ...one.grants]), accessIn([...other.fixed, ...other.grants]));
        const named = new Set(changes.map(({ subject }) => subject.name));
        expect(differing.filter((name) => !named.has(name))).toEqual([]);
        for (const { places } of changes) {
          for (const { before, after } of places) expect(before).not.toEqual(after);
        }
      }),
    );
  });
});
