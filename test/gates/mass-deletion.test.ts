import { expect, it } from "vitest";
import { massDeletion } from "../../provider/gates/gates/mass-deletion.js";
import { found, gateCases } from "./support/gate-cases.js";
import { deleted, kept, listed, released, replaced } from "./support/plan.js";

const names = (count: number) => Array.from({ length: count }, (_, index) => `model-${index}`);
/** A plan in which the first `gone` of `count` models end in some way. */
const plan = (count: number, gone: number, end: typeof deleted = deleted) => ({
  steps: names(count).map((name, index) => (index < gone ? end : kept)("Model", name, { identifier: name, provider: "openai" })),
});

gateCases(massDeletion, {
  closes: plan(9, 2),
  object: "deletions:Model",
  what: "2 of 9 objects of the kind Model are deleted",
  passes: {
    "the deletion of one": plan(1, 1),
    "a fifth of them": plan(10, 2),
    "what only leaves the stack": plan(9, 9, released),
    "what gets a successor": plan(9, 9, (kind, name, inputs) => replaced(kind, name, inputs, { identifier: `${name}-new` })),
    "a destroy": { ...plan(9, 9), operation: "destroy" },
    "rules of the house, which no control plane knows": {
      steps: [deleted("Governance", "a", { preset: "strict" }), deleted("Governance", "b", { preset: "strict" })],
    },
  },
});

it("counts what goes with an object that it belongs to, declared or not", () => {
  const key = (name: string) => listed("ApiKey", name, { name, project: "projects/a", status: "active" });
  const steps = [deleted("Project", "projects/a", { name: "A" }), kept("ApiKey", "keys/own", { name: "own", project: "projects/b" })];
  expect(found(massDeletion, { steps, live: [key("one"), key("two")] })).toEqual([
    { object: "deletions:ApiKey", what: "2 of 3 objects of the kind ApiKey are deleted, 2 of them with what they belong to" },
  ]);
});

it("counts keys that others replace, whose secrets their users do not have", () => {
  const key = (name: string) => ({ name, project: "projects/a", environment: "development" });
  const steps = names(3).map((name) => replaced("ApiKey", name, key(name), { project: "projects/b" }));
  expect(found(massDeletion, { steps })).toEqual([{ object: "deletions:ApiKey", what: "3 of 3 objects of the kind ApiKey are replaced" }]);
  expect(found(massDeletion, { steps: [...steps, deleted("ApiKey", "gone", key("gone"))] })).toMatchObject([
    { what: "4 of 4 objects of the kind ApiKey are deleted or replaced" },
  ]);
});

it("counts what a project takes along that another one replaces", () => {
  const member = (name: string) =>
    listed("ProjectMember", name, { user: `${name}@acme.example`, role: "editor", project: "projects/a" }, { owner: "projects/a" });
  const steps = [replaced("Project", "projects/a", { name: "A", slug: "a" }, { slug: "b" })];
  expect(found(massDeletion, { steps, live: [member("one"), member("two")] })).toMatchObject([{ object: "deletions:ProjectMember" }]);
});

it("judges each control plane by itself", () => {
  const [first = undefined, ...rest] = plan(9, 2).steps;
  const elsewhere = first && { ...first, provider: "urn:pulumi:dev::acme::pulumi:providers:pulumi-nodejs::eu::an-id" };
  const eu = {
    op: "same",
    type: "pulumi:providers:pulumi-nodejs",
    urn: "urn:pulumi:dev::acme::pulumi:providers:pulumi-nodejs::eu",
    old: { inputs: { "gatehouse:name": "eu", "gatehouse:system": "floopy" } },
  };
  const main = { ...eu, urn: eu.urn.replace("::eu", "::main"), old: { inputs: { ...eu.old.inputs, "gatehouse:name": "main" } } };
  expect(found(massDeletion, { steps: [main, eu, ...rest, ...(elsewhere ? [elsewhere] : [])] })).toEqual([]);
});

it("does not count what ends on the day that an earlier run recorded", () => {
  const keys = (expiresAt: string) => names(4).map((name) => deleted("ApiKey", name, { name, environment: "development", expiresAt }));
  expect(found(massDeletion, { steps: keys("2026-11-21") })).toEqual([]);
  expect(found(massDeletion, { steps: keys("2026-11-22") })).toHaveLength(1);
});
