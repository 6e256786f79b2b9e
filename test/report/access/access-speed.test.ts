import { expect, it } from "vitest";
import type { SeenObject } from "../../../provider/policies/seen.js";
import { StackView } from "../../../provider/policies/stack-view.js";
import { accessDiff, accessHtml, accessMatrix, accessText, effectiveAccess } from "../../../provider/report/access/index.js";
import { seen, TODAY } from "./support/access.js";

/** A third each of projects, administrators and keys without a lock: everybody reaches everything. */
function stack(size: number, role: string): readonly SeenObject[] {
  return Array.from({ length: Math.ceil(size / 3) }, (_, n) => [
    seen("Project", `p${n}`, { slug: `p${n}`, name: `p${n}`, status: n % 2 === 0 && role === "owner" ? "archived" : "active" }),
    seen("OrganizationMember", `m${n}`, { user: `m${n}@acme.example`, role }),
    seen("ApiKey", `k${n}`, { name: `k${n}`, defaultProject: `p${n}`, hourlyUsd: 1 }),
  ]).flat();
}

it("the access of 1,000 objects, its changes and its tables take under 200 ms", () => {
  const views = ["admin", "member"].map((role) => new StackView(stack(1_000, role)));
  const run = () => {
    const began = performance.now();
    const [before, after] = views.map((view) => effectiveAccess(view, { today: TODAY }));
    if (before === undefined || after === undefined) throw new Error("there are two views");
    expect(accessDiff(before, after)).toHaveLength(334);
    const rows = accessMatrix(after);
    accessText(rows);
    accessHtml(rows);
    return performance.now() - began;
  };
  const fastest = Math.min(run(), run(), run());
  expect(fastest).toBeLessThan(200);
});

it("archiving half of many projects that everybody reaches is compared in under 200 ms", () => {
  const [before, after] = ["admin", "owner"].map((role) => effectiveAccess(new StackView(stack(1_000, role)), { today: TODAY }));
  if (before === undefined || after === undefined) throw new Error("there are two views");
  const run = () => {
    const began = performance.now();
    accessDiff(before, after);
    return performance.now() - began;
  };
  expect(Math.min(run(), run(), run())).toBeLessThan(200);
});
