import { describe, expect, it } from "vitest";
import { approvalsAdded, approvalsRecorded, changeSetOf, judgeGates } from "../../provider/gates/index.js";
import { UNKNOWN } from "../../schema/unknown.js";
import {
  configured,
  created,
  deleted,
  factsOf,
  kept,
  listed,
  onConfigured,
  plane,
  released,
  replaced,
  TODAY,
  updated,
} from "./support/plan.js";

const project = { name: "A", slug: "a" };

it("holds each object once, with what it is and what it will be", () => {
  const half = (op: string) => ({ ...replaced("Project", "projects/a", project, { slug: "b" }), op });
  const { objects } = factsOf([
    half("delete-replaced"),
    half("replace"),
    half("create-replacement"),
    kept("Model", "m", { identifier: "m" }),
  ]).changes;
  expect(objects).toMatchObject([
    {
      kind: "Project",
      name: "projects/a",
      operation: "replace",
      managed: true,
      before: { id: "projects/a", inputs: project },
      after: { slug: "b" },
    },
    { kind: "Model", name: "m", operation: "same", properties: [] },
  ]);
  expect(objects[0]?.properties).toMatchObject([{ property: "slug", before: "a", after: "b" }]);
});

it("tells the control plane of an object and its system", () => {
  const { objects, controlPlanes } = factsOf([
    plane({ system: "floopy" }, { system: "floopy" }, "same"),
    kept("Project", "p", project),
  ]).changes;
  expect(objects).toMatchObject([{ controlPlane: "main", system: "floopy" }]);
  expect(controlPlanes).toMatchObject([{ kind: "ControlPlane", name: "main", operation: "same" }]);
});

describe("the control plane that the stack's configuration gives", () => {
  const config = { "gatehouse:system": "routerly", "gatehouse:url": "https://one.example", "aws:region": "eu-west-1" };
  const changes = (...steps: Parameters<typeof factsOf>[0]) => changeSetOf(steps, { live: {} });

  it("is the one of objects that name none, by the settings that are ours", () => {
    const { objects, controlPlanes } = changes(configured(config, config), onConfigured(kept("Project", "p", project)));
    expect(objects).toMatchObject([{ controlPlane: "main", system: "routerly" }]);
    expect(controlPlanes).toMatchObject([{ name: "default", operation: "same" }]);
    expect(Object.keys(controlPlanes[0]?.after ?? {})).toEqual(["gatehouse:system", "gatehouse:url"]);
  });

  it("is the embedded one where only its address is configured, or nothing at all", () => {
    for (const inputs of [{ "gatehouse:url": "http://127.0.0.1:8787" }, {}])
      expect(changes(configured(inputs, inputs), onConfigured(kept("Project", "p", project)))).toMatchObject({
        objects: [{ controlPlane: "main", system: "gatehouse" }],
        controlPlanes: [{ name: "default" }],
      });
  });

  it("is none while no object is on it: other dynamic resources have the same provider", () => {
    expect(changes(configured(config, config), kept("Project", "p", project)).controlPlanes).toEqual([]);
  });

  it("closes the gate when its address moves under the objects on it", () => {
    const moved = { ...config, "gatehouse:url": "https://two.example" };
    const set = changes(configured(config, moved, "update"), onConfigured(kept("Project", "p", project)));
    const { closed } = judgeGates({ changes: set, live: {}, operation: "up", today: TODAY });
    expect(closed).toMatchObject([{ gate: "control-plane-moved", object: "default" }]);
  });
});

it.each([
  ["a creation", created("Project", "projects/a", project), "create"],
  ["what must be there already", created("Project", "projects/a", { ...project, adopt: "require" }), "adopt"],
  ["what may be there already, and is", created("Project", "projects/a", { ...project, adopt: "ifExists" }), "adopt"],
  ["what is always there", created("Organization", "organization", { name: "Acme" }), "adopt"],
  ["what leaves the stack", deleted("Project", "projects/a", { ...project, onDelete: "release" }), "release"],
  ["what was adopted and leaves the stack", deleted("Project", "projects/a", project, { adopted: true }), "release"],
  ["what goes", deleted("Project", "projects/a", project), "delete"],
])("tells %s from the rest", (_, step, operation) => {
  const live = [listed("Project", "id", project), listed("Organization", "org", { name: "Acme" })];
  expect(factsOf([step], { live }).changes.objects).toMatchObject([{ operation }]);
});

it("knows what an adoption finds, as far as the declaration says anything of it", () => {
  const live = [listed("Project", "id", { ...project, name: "Old", color: "red" })];
  const { objects } = factsOf([created("Project", "projects/a", { ...project, adopt: "require" })], { live }).changes;
  expect(objects).toMatchObject([{ managed: false, before: { id: "id", inputs: { name: "Old", slug: "a" } } }]);
  expect(objects[0]?.before?.inputs).not.toHaveProperty("color");
});

it("leaves out the engine's own keys and resources, and what is as good as absent", () => {
  const steps = [
    created("ControlPlaneIdentity", "main-identity", {}),
    created("Project", "p", { ...project, color: null, __provider: "text" }),
  ];
  expect(factsOf(steps).changes.objects.map(({ kind, after }) => [kind, after])).toEqual([["Project", project]]);
});

it("counts what an exclusive collection removes as deletions, and only when it removes", () => {
  const live = [
    listed("ProjectMember", "p/1", { user: "a@acme.example", role: "admin" }, { owner: "p" }),
    listed("ProjectMember", "p/2", { user: "Kept@acme.example", role: "admin" }, { owner: "p" }),
    listed("ProjectMember", "q/3", { user: "b@acme.example", role: "admin" }, { owner: "q" }),
    listed("ProjectMember", "p/4", { user: "c@acme.example", role: "admin" }, { owner: "p", builtIn: true }),
  ];
  const inputs = { kind: "ProjectMember", owner: "p", keep: ["kept@acme.example"], undeclared: [] };
  const swept = (step: Parameters<typeof factsOf>[0][number]) =>
    factsOf([step], { live }).changes.objects.map(({ name, operation }) => [name, operation]);
  expect(swept(created("ExclusiveCollection", "p/members", inputs))).toEqual([["p/members/a@acme.example", "delete"]]);
  expect(swept(updated("ExclusiveCollection", "p/members", { ...inputs, undeclared: ["a@acme.example"] }, inputs))).toHaveLength(1);
  expect(swept(kept("ExclusiveCollection", "p/members", inputs))).toEqual([]);
  expect(swept(created("ExclusiveCollection", "p/members", { ...inputs, owner: UNKNOWN }))).toEqual([]);
  const left = released("ProjectMember", "p/1", { project: "p", user: "a@acme.example", role: "admin" });
  const { objects } = factsOf([left, updated("ExclusiveCollection", "p/members", inputs, { ...inputs, keep: [] })], { live }).changes;
  expect(objects.map(({ operation }) => operation)).toEqual(["release", "delete", "delete"]);
});

it("counts what a collection removes by name, and never what the state stands for, a retiring key included", () => {
  const live = ["a", "old-a", "old-b", "k2", "k1"].map((id) => listed("ApiKey", id, { name: id, status: "active" }));
  const inputs = { kind: "ApiKey", keep: ["in-use"], only: ["old-*", "k*"], undeclared: [] };
  const inUse = kept("ApiKey", "keys/in-use", { name: "in-use" }, { id: "k0", keyId: "k2", retiring: { keyId: "k1" } });
  const removed = (more: object = {}) =>
    factsOf([inUse, created("ExclusiveCollection", "keys/$remove", { ...inputs, ...more })], { live })
      .changes.objects.filter(({ operation }) => operation === "delete")
      .map(({ name }) => name);
  expect(removed()).toEqual(["keys/$remove/old-a", "keys/$remove/old-b"]);
  expect(removed({ ignore: ["*-b"] })).toEqual(["keys/$remove/old-a"]);
  expect(removed({ only: undefined })).toEqual(["keys/$remove/a", "keys/$remove/old-a", "keys/$remove/old-b"]);
});

it("counts what an exclusive collection removes from a project that is adopted in the same run, whose id it does not know yet", () => {
  const live = [listed("Project", "p", project), listed("ProjectMember", "p/1", { user: "a@acme.example", role: "admin" }, { owner: "p" })];
  const collection = created("ExclusiveCollection", "projects/a/members/$exclusive", {
    kind: "ProjectMember",
    owner: UNKNOWN,
    keep: [],
    undeclared: [],
  });
  const removed = (inputs: object) =>
    factsOf([created("Project", "projects/a", { ...project, ...inputs }), collection], { live })
      .changes.objects.filter(({ operation }) => operation === "delete")
      .map(({ before }) => before?.id);
  expect(removed({ adopt: "ifExists" })).toEqual(["p/1"]);
  expect(removed({})).toEqual([]);
});

it("tells recorded approvals from those that the change adds", () => {
  const approval = (gate: string) => ({
    gate,
    object: "o",
    change: "0123456789abcdef",
    by: "a@acme.example",
    reason: "agreed upon",
    until: "2027-01-01",
  });
  const { changes } = factsOf([
    updated("Governance", "governance", { approvals: [approval("one")] }, { approvals: [approval("one"), approval("two")] }),
  ]);
  expect(approvalsRecorded(changes)).toEqual([approval("one")]);
  expect(approvalsAdded(changes)).toEqual([approval("two")]);
  const destroyed = factsOf([deleted("Governance", "governance", { approvals: [approval("one")] })], { operation: "destroy" }).changes;
  expect([approvalsRecorded(destroyed), approvalsAdded(destroyed)]).toEqual([[approval("one")], []]);
  expect(approvalsRecorded(factsOf([kept("Governance", "governance", { approvals: UNKNOWN })]).changes)).toEqual([]);
});
