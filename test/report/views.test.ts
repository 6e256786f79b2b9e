import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../provider/policies/seen.js";
import { type Sources, viewAfter, viewBefore } from "../../provider/report/views.js";
import { UNKNOWN as MARKER } from "../../schema/unknown.js";
import { created, deleted, factsOf, kept, listed, released, replaced, updated } from "../gates/support/plan.js";

const NONE: Sources = new Map();
const CHECKOUT = kept("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout" }, { id: "p1" });

const viewedBefore = (steps: Parameters<typeof factsOf>[0]) => viewBefore(factsOf(steps).changes, NONE);
const viewedAfter = (steps: Parameters<typeof factsOf>[0], sources = NONE) => viewAfter(factsOf(steps).changes, sources);
const names = (view: ReturnType<typeof viewedBefore>) => view.objects.map(({ name }) => name).toSorted();

describe("the views of a change", () => {
  const steps = [
    created("Model", "made", { identifier: "a" }),
    kept("Model", "kept", { identifier: "b" }),
    updated("Model", "changed", { identifier: "c", name: "C" }, { name: "D" }),
    replaced("Model", "replaced", { identifier: "e" }, { identifier: "f" }),
    deleted("Model", "gone", { identifier: "g" }),
    released("Model", "let-go", { identifier: "h" }),
  ];

  it("hold what is there on each side; what only leaves the stack is still there", () => {
    expect(names(viewedBefore(steps))).toEqual(["changed", "gone", "kept", "let-go", "replaced"]);
    expect(names(viewedAfter(steps))).toEqual(["changed", "kept", "let-go", "made", "replaced"]);
  });

  it("hold the inputs of each side", () => {
    const inputsOf = (view: ReturnType<typeof viewedBefore>) => view.objects.find(({ name }) => name === "changed")?.inputs;
    expect(inputsOf(viewedBefore(steps))).toMatchObject({ name: "C" });
    expect(inputsOf(viewedAfter(steps))).toMatchObject({ name: "D" });
  });

  it("hold what is unknown or secret as unknown, at any depth", () => {
    const alert = created("Alert", "alerts/a", {
      event: "budget_exceeded",
      channel: { webhook: MARKER, secret: "[secret]" },
      threshold: 1,
    });
    expect(viewedAfter([alert]).objects[0]?.inputs).toEqual({
      event: "budget_exceeded",
      channel: { webhook: UNKNOWN, secret: UNKNOWN },
      threshold: 1,
    });
  });

  it("find the project of a key by its id, and a new project by where the id comes from", () => {
    const key = kept("ApiKey", "keys/a", { name: "a", project: "p1" });
    const view = viewedBefore([CHECKOUT, key]);
    expect(view.of("ApiKey").map((one) => view.projectOf(one)?.name)).toEqual(["projects/checkout"]);

    const made = created("Project", "projects/new", { name: "New", environment: "production" });
    const its = created("ApiKey", "keys/new", { name: "new", project: MARKER });
    const fresh = viewedAfter([made, its], new Map([[its.urn, { project: [made.urn] }]]));
    expect(fresh.of("ApiKey").map((one) => fresh.environmentOf(one))).toEqual(["production"]);
  });

  it("hold no status of a key whose secret is renewed, and nothing of a replaced one but its inputs", () => {
    const statusOf = (step: typeof CHECKOUT) => viewedAfter([step]).objects[0]?.outputs.status;
    const key = { name: "a", rotate: 1 };
    expect(statusOf(updated("ApiKey", "keys/a", key, { hourlyUsd: 1 }, { status: "revoked" }))).toBe("revoked");
    expect(statusOf(updated("ApiKey", "keys/a", key, { rotate: 2 }, { status: "revoked" }))).toBeUndefined();
    expect(statusOf(replaced("ApiKey", "keys/a", key, { project: "p2" }, { status: "revoked" }))).toBeUndefined();
  });

  it("hold no status of a member whose end moves, and the one that was told of any other", () => {
    const statusOf = (step: typeof CHECKOUT) => viewedAfter([step]).objects[0]?.outputs.status;
    const member = { user: "kim@acme.example", role: "admin", expiresAt: "2026-01-01" };
    expect(statusOf(updated("OrganizationMember", "kim", member, { expiresAt: "2030-01-01" }, { status: "expired" }))).toBeUndefined();
    expect(statusOf(updated("OrganizationMember", "kim", member, { role: "owner" }, { status: "expired" }))).toBe("expired");
  });

  it("hold an adopted object on both sides, as the control plane holds it before", () => {
    const { changes } = factsOf(
      [created("OrganizationMember", "members/kim", { user: "kim@acme.example", role: "admin", adopt: "require" })],
      {
        live: [listed("OrganizationMember", "m1", { user: "kim@acme.example", role: "viewer", status: "active" })],
      },
    );
    expect(viewBefore(changes, NONE).objects.map(({ inputs }) => (inputs as { role: string }).role)).toEqual(["viewer"]);
    expect(viewAfter(changes, NONE).objects.map(({ inputs }) => (inputs as { role: string }).role)).toEqual(["admin"]);
  });
});
