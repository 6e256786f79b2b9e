import { describe, expect, it } from "vitest";
import type { Closed } from "../../provider/gates/index.js";
import type { Step } from "../../provider/plan/changes.js";
import { keptSteps } from "../../provider/plan/kept-steps.js";
import { decide } from "../../provider/reconcile/decide.js";
import { holdAll, holdBack } from "../../provider/reconcile/hold-back.js";
import { declared, drifted, planned, USUAL } from "./planned.js";

const closed = (object: string): Closed => ({
  gate: "a-gate",
  object,
  change: "0123",
  what: "it is dangerous",
  advice: "Have it approved.",
});
const DECISIONS = decide(
  [
    planned({ name: "projects/a", properties: [drifted("color")] }),
    planned({ name: "projects/b", properties: [drifted("icon")] }),
    planned({ name: "projects/c", properties: [declared("name")] }),
    planned({ name: "projects/d", properties: [declared("name")] }),
  ],
  USUAL,
);
const made = (decisions: typeof DECISIONS) =>
  decisions.flatMap(({ held, planned: { change } }) => (held === undefined ? [change.name] : []));

describe("a closed gate", () => {
  it("that names a repair holds that repair back alone", () => {
    expect(made(holdBack(DECISIONS, [closed("projects/a")]))).toEqual(["projects/b", "projects/c", "projects/d"]);
  });

  it("that names a declared change holds all declared changes back, which were reviewed together, and no repair", () => {
    const held = holdBack(DECISIONS, [closed("projects/c")]);
    expect(made(held)).toEqual(["projects/a", "projects/b"]);
    expect(held.map((decision) => decision.held?.why)).toEqual([
      undefined,
      undefined,
      "is stopped by the gate a-gate: it is dangerous",
      "waits, because the gate a-gate stops projects/c: it is dangerous",
    ]);
  });

  it("that names several objects at once, or what a collection removes, is taken for what it stands for", () => {
    expect(made(holdBack(DECISIONS, [closed("deletions:Project")]))).toEqual(["projects/a", "projects/b"]);
    expect(made(holdBack(DECISIONS, [closed("projects/a/something")]))).toEqual(["projects/b", "projects/c", "projects/d"]);
  });

  it("holds no end back that was declared long ago, unless it names that", () => {
    const due = decide(
      [
        planned({ name: "members/kim", operation: "delete", endedOn: "2026-11-20" }),
        planned({ name: "projects/c", properties: [declared("name")] }),
      ],
      USUAL,
    );
    expect(made(holdBack(due, [closed("projects/c")]))).toEqual(["members/kim"]);
    expect(made(holdBack(due, [closed("members/kim")]))).toEqual(["projects/c"]);
  });

  it("that cannot be told from the rest holds everything back", () => {
    expect(made(holdAll(DECISIONS, [closed("members:owner")]))).toEqual([]);
    expect(made(holdAll(DECISIONS, []))).toEqual(made(DECISIONS));
  });
});

describe("what a plan leaves out", () => {
  const step = (op: string, name: string, more: Partial<Step>): Step => ({ op, urn: name, type: "t", ...more });
  const there = { id: "1", inputs: { color: "red" } };

  it("stays as it is in what the gates judge, and what is not there yet does not come", () => {
    const steps = [
      step("update", "a", { old: there, new: { inputs: { color: "blue" } } }),
      step("create", "b", { new: { inputs: {} } }),
      step("create-replacement", "c", { old: there, new: {} }),
      step("replace", "c", { old: there, new: {} }),
      step("update", "d", { old: there, new: {} }),
    ];
    expect(keptSteps(steps, new Set(["a", "b", "c"]))).toEqual([
      step("same", "a", { old: there, new: there }),
      step("same", "c", { old: there, new: there }),
      steps[4],
    ]);
  });
});
