import { describe, expect, it } from "vitest";
import { refreshLosses } from "../../provider/gates/refresh-losses.js";
import type { Step } from "../../provider/plan/changes.js";
import { kept, TODAY } from "./support/plan.js";

const project = (name: string, outputs: object = {}): Step => ({
  ...kept("Project", `projects/${name}`, { name }, { ...outputs }),
  op: "refresh",
});
const gone = (step: Step): Step => ({ ...step, new: undefined });
const projects = (count: number, lost: number) =>
  Array.from({ length: count }, (_, index) => (index < lost ? gone(project(`p${index}`)) : project(`p${index}`)));
const rules = (approvals: readonly object[]): Step => ({ ...kept("Governance", "governance", { approvals }), op: "refresh" });

describe("a refresh that would take objects out of the state", () => {
  it("is stopped when many of a kind are gone at once, and says how many and how to go on", () => {
    const { closed, opened } = refreshLosses(projects(5, 2), TODAY);
    expect(opened).toEqual([]);
    expect(closed).toMatchObject([
      {
        gate: "mass-deletion",
        object: "losses:Project",
        what: "2 of 5 objects of the kind Project are gone from the control plane and would leave the state",
        advice: expect.stringContaining("`gatehouse drift` lists them."),
      },
    ]);
  });

  it.each([
    ["one that is gone", projects(1, 1)],
    ["a fifth of them", projects(10, 2)],
    ["what changed and is there", projects(5, 0)],
    ["what is always there", [gone({ ...kept("SecurityPolicy", "security", {}), op: "refresh" }), rules([])]],
  ])("is not stopped for %s", (_, refreshed) => {
    expect(refreshLosses(refreshed, TODAY)).toEqual({ closed: [], opened: [] });
  });

  it("counts what was there before Gatehouse too, though it would not be deleted", () => {
    expect(refreshLosses([gone(project("a", { adopted: true })), gone(project("b", { adopted: true }))], TODAY).closed).toHaveLength(1);
  });

  it("goes on with a recorded approval of this very loss, and of no other", () => {
    const [found] = refreshLosses(projects(5, 2), TODAY).closed;
    const approval = {
      gate: found?.gate,
      object: found?.object,
      change: found?.change,
      by: "cto@acme.example",
      reason: "cleaned up",
      until: TODAY,
    };
    expect(refreshLosses([...projects(5, 2), rules([approval])], TODAY)).toMatchObject({
      closed: [],
      opened: [{ approval: { by: "cto@acme.example" } }],
    });
    expect(refreshLosses([...projects(5, 3), rules([approval])], TODAY).closed).toHaveLength(1);
  });
});
