import { StackView } from "../../dist/provider/policies/stack-view.js";
import { accessDiff, accessHtml, accessMatrix, accessText, effectiveAccess } from "../../dist/provider/report/access/index.js";

const TODAY = "2026-11-21";

/**
 * Milliseconds that the effective access of so many objects, its changes and its tables take. The worst there is: a third each of
 * projects, administrators and keys without a lock, so that everybody reaches everything, and half of the projects are archived.
 */
export function measureAccess(objects) {
  const [before, after] = ["admin", "member"].map((role) => new StackView(stackOf(objects, role)));
  const run = () => {
    const began = performance.now();
    const [was, is] = [before, after].map((view) => effectiveAccess(view, { today: TODAY }));
    accessDiff(was, is);
    const rows = accessMatrix(is);
    accessText(rows);
    accessHtml(rows);
    return performance.now() - began;
  };
  return Math.round(Math.min(run(), run(), run()));
}

function stackOf(objects, role) {
  return Array.from({ length: Math.ceil(objects / 3) }, (_, n) => [
    seen("Project", `p${n}`, { slug: `p${n}`, name: `p${n}`, status: n % 2 === 0 && role === "member" ? "archived" : "active" }),
    seen("OrganizationMember", `m${n}`, { user: `m${n}@acme.example`, role }),
    seen("ApiKey", `k${n}`, { name: `k${n}`, defaultProject: `p${n}`, hourlyUsd: 1 }),
  ]).flat();
}

function seen(kind, name, inputs) {
  return { kind, name, urn: name, id: name, system: "gatehouse", controlPlane: "main", inputs, outputs: {}, sources: {} };
}
