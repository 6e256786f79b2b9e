import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Circumstances, decide } from "../../provider/reconcile/decide.js";
import type { PlannedChange } from "../../provider/reconcile/planned-change.js";
import { declared, drifted, planned, USUAL } from "./planned.js";

const heldBy = (changes: readonly PlannedChange[], policy: Partial<Circumstances["policy"]> = {}, approved: readonly string[] = []) =>
  decide(changes, { ...USUAL, approved, policy: { ...USUAL.policy, ...policy } }).map(({ held }) => held?.by);

const ALL_REPAIR = { security: "repair", money: "repair", availability: "repair", cosmetic: "repair", unmanaged: "remove" } as const;
const KEY = { kind: "ApiKey", name: "projects/checkout/keys/prod" };

describe("a pass without a policy", () => {
  it("puts back what is cosmetic or about availability, and tells what is about security or money", () => {
    const changes = [
      planned({ properties: [drifted("description")] }),
      planned({ kind: "RoutingTier", properties: [drifted("model")] }),
      planned({ kind: "OrganizationMember", properties: [drifted("role")] }),
      planned({ ...KEY, properties: [drifted("monthlyUsd", 5, 50)] }),
    ];
    expect(heldBy(changes)).toEqual([undefined, undefined, "policy", "policy"]);
  });

  it("goes by the worst of what drifted in one object, and not by what the declaration changed in it", () => {
    expect(heldBy([planned({ ...KEY, properties: [drifted("description"), drifted("owner")] })])).toEqual(["policy"]);
    expect(heldBy([planned({ ...KEY, properties: [drifted("description"), declared("owner")] })])).toEqual([undefined]);
  });

  it("applies what the declaration changed, whatever its class", () => {
    const changes = [
      planned({ kind: "OrganizationMember", properties: [declared("role")] }),
      planned({ kind: "Budget", operation: "create" }),
      planned({ kind: "Model", operation: "delete" }),
    ];
    expect(heldBy(changes)).toEqual([undefined, undefined, undefined]);
    expect(decide(changes, USUAL).map(({ cause }) => cause)).toEqual(["declaration", "declaration", "declaration"]);
  });

  it("makes what is gone again where its class allows it", () => {
    const gone = { operation: "create", isGone: true } as const;
    const changes = [planned({ kind: "RoutingTier", ...gone }), planned({ kind: "OrganizationMember", ...gone })];
    expect(heldBy(changes)).toEqual([undefined, "policy"]);
  });

  it("removes nothing that nobody declared", () => {
    const collection = planned({ kind: "OrganizationMember", name: "members/$exclusive", swept: ["m1", "m2"] });
    expect(heldBy([collection])).toEqual(["unmanaged"]);
    expect(heldBy([collection], { unmanaged: "remove" })).toEqual([undefined]);
  });

  it("says what to do about each thing it leaves", () => {
    const [decision] = decide([planned({ kind: "OrganizationMember", properties: [drifted("role")] })], USUAL);
    expect(decision?.held?.next).toBe(
      "Run `gatehouse up acme --stack dev` to put it back, declare what is there, or write `security: repair` under governance.reconcile.",
    );
  });
});

describe("whatever the policy, a pass", () => {
  it("never issues a key anew that is out of order or gone, nor changes it back into use", () => {
    for (const unhealthy of ["revoked", "missing", "paused"])
      expect(heldBy([planned({ ...KEY, unhealthy, properties: [drifted("monthlyUsd", 5, 50)] })], ALL_REPAIR)).toEqual(["custody"]);
    expect(heldBy([planned({ ...KEY, operation: "create", isGone: true })], ALL_REPAIR)).toEqual(["custody"]);
    expect(heldBy([planned({ ...KEY, operation: "replace", properties: [drifted("project")] })], ALL_REPAIR)).toEqual(["custody"]);
    expect(heldBy([planned({ ...KEY, operation: "replace", unhealthy: "revoked", properties: [declared("rotate")] })], ALL_REPAIR)).toEqual(
      ["custody"],
    );
  });

  it("lets a revoked key come back where a person approved it, and go where it is no longer declared", () => {
    const returning = planned({ ...KEY, operation: "replace", unhealthy: "revoked", properties: [declared("rotate")] });
    expect(heldBy([returning], ALL_REPAIR, [KEY.name])).toEqual([undefined]);
    expect(heldBy([planned({ ...KEY, operation: "delete", unhealthy: "revoked" })], ALL_REPAIR)).toEqual([undefined]);
  });

  it("never deletes what was there before Gatehouse", () => {
    expect(heldBy([planned({ operation: "delete", deletesAdopted: true })], ALL_REPAIR)).toEqual(["adopted"]);
  });

  it("never puts something back by deleting it", () => {
    expect(heldBy([planned({ operation: "replace", properties: [drifted("slug")] })], ALL_REPAIR)).toEqual(["replacement"]);
  });

  it("never writes what is only compared", () => {
    expect(heldBy([planned({ kind: "Organization", properties: [drifted("plan")] })], ALL_REPAIR)).toEqual(["asserted"]);
  });
});

describe("the limit of a pass", () => {
  const some = (count: number) =>
    Array.from({ length: count }, (_, i) => planned({ name: `projects/p${i}`, properties: [drifted("color")] }));

  it("is 25 changes: with one more it makes none and says so", () => {
    expect(new Set(heldBy(some(25)))).toEqual(new Set([undefined]));
    expect(new Set(heldBy(some(26)))).toEqual(new Set(["limit"]));
  });

  it("counts each object that an exclusive collection removes", () => {
    const swept = Array.from({ length: 26 }, (_, i) => `m${i}`);
    expect(heldBy([planned({ kind: "OrganizationMember", name: "members/$exclusive", swept })], ALL_REPAIR)).toEqual(["limit"]);
  });

  it("holds for any number of changes and any limit, and what is held for another reason does not count", () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(10), fc.integer({ min: 1, max: 40 }), (count, reported, maxChanges) => {
        const others = Array.from({ length: reported }, () => planned({ kind: "Role", properties: [drifted("permissions")] }));
        const held = heldBy([...some(count), ...others], { maxChanges });
        expect(held.filter((by) => by === undefined)).toHaveLength(count <= maxChanges ? count : 0);
        expect(held.filter((by) => by === "policy")).toHaveLength(reported);
      }),
    );
  });
});
