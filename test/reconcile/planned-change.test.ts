import { describe, expect, it } from "vitest";
import type { ChangeSet } from "../../provider/gates/index.js";
import type { Finding, Step } from "../../provider/plan/changes.js";
import { plannedChangesIn } from "../../provider/reconcile/planned-change.js";
import { policyIn } from "../../provider/reconcile/policy.js";
import { planned } from "./planned.js";

const typed = (kind: string) => `pulumi-nodejs:dynamic/gatehouse:${kind}`;

/** What is told of one change, in a plan of this one step. */
function told(
  step: Partial<Step>,
  more: { refreshed?: readonly Step[]; findings?: readonly Finding[]; objects?: ChangeSet["objects"] } = {},
) {
  const kind = step.type === undefined ? "Project" : (step.type.split(":").at(-1) ?? "");
  const { change } = planned({ kind, operation: step.op === "delete" ? "delete" : step.op === "create" ? "create" : "update" });
  const whole: Step = { op: "update", type: typed(kind), ...step, urn: change.urn };
  const refreshed = (more.refreshed ?? []).map((one) => ({ ...one, urn: change.urn }));
  const changeSet = { objects: (more.objects ?? []).map((one) => ({ ...one, urn: `${change.urn}/${one.urn}` })), controlPlanes: [] };
  const [found] = plannedChangesIn({ changes: [change], steps: [whole], refreshed, findings: more.findings ?? [], changeSet });
  return found;
}

describe("what a pass knows of a change", () => {
  it("tells what somebody removed from what was never there", () => {
    const inputs = { name: "Checkout" };
    const gone: Step = { op: "refresh", urn: "", type: typed("Project"), old: { inputs } };
    expect(told({ op: "create", new: { inputs } }, { refreshed: [gone] })).toMatchObject({ isGone: true, inputs });
    expect(told({ op: "create", new: { inputs } })).toMatchObject({ isGone: false, inputs });
  });

  it("tells a deletion of what was there before Gatehouse, which is else released", () => {
    const adopted = (onDelete: string) => told({ op: "delete", old: { outputs: { adopted: true, onDelete } } })?.deletesAdopted;
    expect([adopted("delete"), adopted("release")]).toEqual([true, false]);
    expect(told({ op: "delete", old: { outputs: { adopted: false } } })?.deletesAdopted).toBe(false);
  });

  it("tells what an exclusive collection holds and would remove", () => {
    const swept = {
      kind: "OrganizationMember",
      name: "x",
      urn: "m1",
      system: "gatehouse",
      controlPlane: "main",
      after: undefined,
      properties: [],
    };
    const before = { id: "m1", inputs: {}, outputs: {} };
    const objects = [{ ...swept, operation: "delete", managed: false, before }] as const;
    const collection = told({ type: typed("ExclusiveCollection"), new: { inputs: { kind: "OrganizationMember" } } }, { objects });
    expect(collection).toMatchObject({ kind: "OrganizationMember", swept: ["m1"] });
  });

  it("tells a key that is out of order", () => {
    const finding = { kind: "ApiKey", name: "projects/checkout", property: "status", value: "paused", message: "" };
    expect(told({ type: typed("ApiKey") }, { findings: [finding] })?.unhealthy).toBe("paused");
    expect(told({ type: typed("ApiKey") })?.unhealthy).toBeUndefined();
  });
});

describe("the policy of a pass", () => {
  const stating = (reconcile: unknown) =>
    policyIn([{ op: "update", urn: "", type: typed("Governance"), old: {}, new: { inputs: { reconcile } } }]);

  it("is to tell what is about security, money or undeclared, and to put back the rest, 25 changes at most", () => {
    const usual = { security: "report", money: "report", availability: "repair", cosmetic: "repair", unmanaged: "report", maxChanges: 25 };
    expect([policyIn([]), stating(undefined)]).toEqual([usual, usual]);
  });

  it("is what the checked-out declaration states, where it states something", () => {
    expect(stating({ money: "repair", maxChanges: 3 })).toMatchObject({ security: "report", money: "repair", maxChanges: 3 });
  });
});
