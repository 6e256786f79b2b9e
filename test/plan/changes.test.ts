import { describe, expect, test } from "vitest";
import { changedProperties, findings, plannedChanges, type Step } from "../../provider/plan/changes.js";
import { driftedObjects } from "../../provider/plan/drift.js";

const PROJECT = "pulumi-nodejs:dynamic/gatehouse:Project";
const KEY = "pulumi-nodejs:dynamic/gatehouse:ApiKey";
const step = (op: string, more: Partial<Step> = {}, type = PROJECT): Step => ({
  op,
  type,
  urn: `urn:pulumi:dev::acme::${type}::projects/checkout`,
  ...more,
});
const named = (name: string, outputs: Record<string, unknown> = {}) => ({
  inputs: { name, __provider: "text" },
  outputs: { name, ...outputs },
});

describe("a planned change", () => {
  test("names the properties that differ, with both values, and whose change it is", () => {
    const [change] = plannedChanges(
      [step("update", { old: { inputs: { name: "B", color: "red" } }, new: { inputs: { name: "A", color: "blue" } } })],
      [step("refresh", { old: { inputs: { name: "A", color: "red" } }, new: { inputs: { name: "B", color: "red" } } })],
    );
    expect(change).toMatchObject({
      operation: "update",
      kind: "Project",
      name: "projects/checkout",
      why: "the declaration and the control plane both changed",
      properties: [
        { property: "color", before: "red", after: "blue", cause: "declaration" },
        { property: "name", before: "B", after: "A", cause: "server" },
      ],
    });
  });

  test("of an object that is gone says so", () => {
    const [change] = plannedChanges([step("create", { new: named("A") })], [step("refresh", { old: named("A") })]);
    expect(change).toMatchObject({ operation: "create", why: "it is gone from the control plane" });
  });

  test("is one replacement, whatever steps the engine makes of it, and names what forces it", () => {
    const changes = plannedChanges(
      [
        step("delete-replaced", { old: named("A") }),
        step("replace", { keys: ["slug"], old: named("A"), new: named("A") }),
        step("create-replacement", { keys: ["slug"], old: named("A"), new: named("A") }),
      ],
      [],
    );
    expect(changes).toMatchObject([{ operation: "replace", why: "slug cannot be changed in place" }]);
  });

  test.each([
    [{ adopted: true }, "release"],
    [{ adopted: true, onDelete: "delete" }, "delete"],
    [{ adopted: false }, "delete"],
    [{ adopted: false, onDelete: "release" }, "release"],
  ])("of an object that leaves the stack with %j is a %s", (outputs, operation) => {
    expect(plannedChanges([step("delete", { old: named("A", outputs) })], [])).toMatchObject([{ operation }]);
  });

  test("deletes an object on the day that it was declared to end, says so, and does it to what was taken over, too", () => {
    const ends = (outputs: Record<string, unknown>, today?: string) => {
      const old = { inputs: { name: "a", expiresAt: "2026-11-20" }, outputs: { name: "a", ...outputs } };
      return plannedChanges([step("delete", { old }, KEY)], [], today)[0];
    };
    const ended = { operation: "delete", why: "it ended on 2026-11-20, as declared", endedOn: "2026-11-20" };
    expect(ends({ adopted: true }, "2026-11-20")).toMatchObject(ended);
    expect(ends({ adopted: false }, "2026-11-21")).toMatchObject(ended);
    expect(ends({ adopted: true }, "2026-11-19")).toMatchObject({ operation: "release" });
    expect(ends({ adopted: false }, "2026-11-19")).toMatchObject({ operation: "delete", why: "it is no longer declared" });
    expect(ends({ onDelete: "release" }, "2026-11-21")).toMatchObject({ operation: "release" });
    expect(ends({ adopted: true })).toMatchObject({ operation: "release" });
  });

  test("ends what is named after it in the same way: the projects of a person who left", () => {
    const typed = (kind: string) => `pulumi-nodejs:dynamic/gatehouse:${kind}`;
    const leaves = (kind: string, name: string, inputs: object) => ({
      ...step("delete", { old: { inputs: { ...inputs } } }, typed(kind)),
      urn: `urn:pulumi:dev::acme::${typed(kind)}::${name}`,
    });
    const changes = plannedChanges(
      [
        leaves("OrganizationMember", "members/kim", { user: "Kim@acme.example", expiresAt: "2026-11-20" }),
        leaves("ProjectMember", "projects/a/members/kim", { user: "kim@acme.example", project: "p" }),
        leaves("ProjectMember", "projects/a/members/lin", { user: "lin@acme.example", project: "p" }),
      ],
      [],
      "2026-11-21",
    );
    expect(changes.map(({ name, endedOn }) => [name, endedOn])).toEqual([
      ["members/kim", "2026-11-20"],
      ["projects/a/members/kim", "2026-11-20"],
      ["projects/a/members/lin", undefined],
    ]);
  });

  test("leaves out what stays the same, the engine's own resources and the record of the control plane", () => {
    const steps = [
      step("same"),
      step("create", {}, "pulumi:pulumi:Stack"),
      step("create", {}, "pulumi-nodejs:dynamic/gatehouse:ControlPlaneIdentity"),
      step("delete", {}, "pulumi-nodejs:dynamic/gatehouse:ExclusiveCollection"),
    ];
    expect(plannedChanges(steps, [])).toEqual([]);
  });

  test("is a collection that becomes exclusive, because undeclared objects go", () => {
    const [change] = plannedChanges([step("create", {}, "pulumi-nodejs:dynamic/gatehouse:ExclusiveCollection")], []);
    expect(change).toMatchObject({
      operation: "create",
      why: expect.stringContaining("undeclared objects of this collection are removed"),
    });
  });
});

test("properties are compared leaf by leaf, and what only an apply will know says so", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  expect(
    changedProperties({ rates: { a: 1, b: 2 }, project: "p1" }, { rates: { a: 1, b: 3 }, project: unknown, labels: ["x"] }, "declaration"),
  ).toEqual([
    { property: "labels", before: undefined, after: ["x"], cause: "declaration" },
    { property: "project", before: "p1", after: "(known after apply)", cause: "declaration" },
    { property: "rates.b", before: 2, after: 3, cause: "declaration" },
  ]);
});

test("drift is what a refresh found changed or gone", () => {
  const drifted = driftedObjects([
    step("refresh", { old: named("A"), new: named("B") }),
    step("refresh", { old: named("A"), new: named("A", { status: "archived" }) }),
    step("refresh", { old: named("A") }),
  ]);
  expect(drifted).toMatchObject([
    { state: "changed", properties: [{ property: "name", before: "A", after: "B" }] },
    { state: "gone", properties: [] },
  ]);
});

test("a finding says of each key that is not in order what can be done about it", () => {
  const keys = ["active", "paused", "revoked", "missing"].map(
    (status) => [`urn:pulumi:dev::acme::${KEY}::${status}`, { type: KEY, outputs: { status } }] as const,
  );
  const found = findings(new Map(keys));
  expect(found.map(({ name, value }) => [name, value])).toEqual([
    ["paused", "paused"],
    ["revoked", "revoked"],
    ["missing", "missing"],
  ]);
  expect(found[0]?.message).toContain("only a person there can put it back into use");
  expect(found[2]?.message).toContain("raise `rotate` to have a new one made");
});
