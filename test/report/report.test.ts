import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Step } from "../../provider/plan/changes.js";
import { reportOf } from "../../provider/report/build-report.js";
import { type Report, SECTIONS, SEVERITIES } from "../../provider/report/report.js";
import { REPORT_SCHEMA } from "../../provider/report/report-schema.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { created, deleted, kept, released, replaced, updated } from "../gates/support/plan.js";
import { inputOf, linesIn, reportOfPlan } from "./support/report-of-plan.js";

const CHECKOUT = kept("Project", "projects/checkout", { name: "Checkout AI", slug: "checkout" }, { id: "p1" });

/** Inputs of an object of each of several kinds, before and after a change. */
const OBJECTS: readonly (readonly [string, object, object])[] = [
  ["Project", { name: "A", slug: "a" }, { description: "b" }],
  ["Project", { name: "A", slug: "a" }, { status: "archived" }],
  ["OrganizationMember", { user: "a@acme.example", role: "member" }, { role: "admin" }],
  ["OrganizationMember", { user: "b@acme.example", role: "admin" }, { role: UNKNOWN }],
  ["OrganizationMember", { user: "c@acme.example", role: "auditor" }, { firstName: "C" }],
  ["ProjectMember", { project: "p1", user: "c@acme.example", role: "viewer" }, { role: "editor" }],
  ["Role", { name: "auditor", permissions: [] }, { permissions: ["member:write", "organization:write"] }],
  ["ApiKey", { name: "a", project: "p1", environment: "production" }, { project: undefined, hourlyUsd: 3 }],
  ["ApiKey", { name: "b", project: "p1", rotate: 1 }, { rotate: 2, description: "b" }],
  ["Model", { identifier: "a", project: "p1" }, { name: "A" }],
  ["Budget", { name: "a", project: "p1", amountUsd: 1, period: "day" }, { amountUsd: 9, thresholds: [0.5] }],
  ["RoutingTier", { project: "p1", tier: "simple", model: "a" }, { model: "b" }],
  ["SecurityPolicy", { singleSignOn: { status: "required", protocol: "oidc" } }, { singleSignOn: { status: "off" }, idleMinutes: 5 }],
  ["Alert", { event: "budget_exceeded", channel: { webhook: "https://a.example" } }, { threshold: 2 }],
  ["EnvironmentLimit", { environment: "production", monthlyUsd: 1 }, { monthlyUsd: 1.5 }],
];

const OPERATIONS: Readonly<Record<string, (kind: string, name: string, before: object, after: object) => Step>> = {
  create: (kind, name, before) => created(kind, name, { ...before }),
  update: (kind, name, before, after) => updated(kind, name, { ...before }, { ...after }),
  replace: (kind, name, before, after) => replaced(kind, name, { ...before }, { ...after }),
  delete: (kind, name, before) => deleted(kind, name, { ...before }),
  release: (kind, name, before) => released(kind, name, { ...before }),
  keep: (kind, name, before) => kept(kind, name, { ...before }),
};

/** A plan of up to 30 steps of any kind and operation; the project `p1` is one that is deleted in some. */
const plans = fc
  .tuple(
    fc.constantFrom("keep", "delete", "replace"),
    fc.array(fc.tuple(fc.constantFrom(...OBJECTS), fc.constantFrom(...Object.keys(OPERATIONS))), { maxLength: 30 }),
  )
  .map(([project, objects]) => [
    OPERATIONS[project]?.("Project", "p1", { name: "Checkout AI", slug: "checkout" }, { slug: "till" }) ?? CHECKOUT,
    ...objects.flatMap(
      ([[kind, before, after], operation], index) => OPERATIONS[operation]?.(kind, `objects/n${index}`, before, after) ?? [],
    ),
  ]);

const touched = (steps: readonly Step[]) => steps.filter(({ op }) => op !== "same").map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2));

const tells = ({ lines }: Report, name: string) =>
  lines.some(({ object, details }) => object === name || details.some((detail) => detail.split(/[\s,]+/).includes(name)));

describe("a report", () => {
  it("is the same in whatever order the engine tells its steps", () => {
    fc.assert(
      fc.property(plans, (steps) => {
        const { changes, gates, ...input } = inputOf(steps);
        const reversed = { objects: changes.objects.toReversed(), controlPlanes: changes.controlPlanes };
        const one = reportOf({ changes, gates, ...input });
        const other = reportOf({ changes: reversed, gates: { ...gates, closed: gates.closed.toReversed() }, ...input });
        expect(other).toEqual(one);
        expect(Object.keys(other.counts)).toEqual(Object.keys(one.counts));
      }),
    );
  });

  it("is empty and safe where nothing changes", () => {
    const report = reportOfPlan([CHECKOUT], { made: { commit: "0a1b2c3d", stateDigest: "99aa" } });
    expect(report).toMatchObject({
      version: 2,
      project: "acme",
      stack: "dev",
      operation: "up",
      verdict: "safe",
      reasons: [],
      lines: [],
      counts: {},
    });
    expect(report.made).toMatchObject({ commit: "0a1b2c3d", stateDigest: "99aa" });
  });

  it("counts objects by operation", () => {
    const steps = [
      CHECKOUT,
      created("Model", "a", { identifier: "a" }),
      created("Model", "b", { identifier: "b" }),
      released("Model", "c", { identifier: "c" }),
    ];
    expect(reportOfPlan(steps).counts).toEqual({ create: 2, release: 1 });
  });

  it("has the one risky line among 300 changes first", () => {
    const harmless = Array.from({ length: 300 }, (_, index) =>
      updated("Project", `projects/n${index}`, { name: `N${index}`, slug: `n${index}` }, { description: "tidied up" }),
    );
    const risky = updated("OrganizationMember", "members/kim", { user: "kim@acme.example", role: "member" }, { role: "admin" });
    const { lines, reasons } = reportOfPlan([...harmless.slice(0, 150), risky, ...harmless.slice(150)]);
    expect(lines).toHaveLength(301);
    expect(lines[0]).toMatchObject({ object: "members/kim", severity: "critical" });
    expect(reasons[0]?.text).toContain("The worst: kim@acme.example gains administration of the organization");
    expect(new Set(lines.slice(1).map(({ severity }) => severity))).toEqual(new Set(["low"]));
  });

  it("has its lines worst first, within a severity by section, then as they stand in the file", () => {
    const rank = ({ severity, section }: Report["lines"][number]) => SEVERITIES.indexOf(severity) * 100 + SECTIONS.indexOf(section);
    fc.assert(
      fc.property(plans, (steps) => {
        const ranks = reportOfPlan(steps).lines.map(rank);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
    const at = new Map([
      ["a", 9],
      ["b", 3],
    ]);
    const placeOf = (name: string) => ({ file: "gatehouse.yaml", line: at.get(name) ?? 1, column: 1 });
    const steps = ["a", "b"].map((name) => updated("Project", name, { name, slug: name }, { description: "x" }));
    expect(reportOfPlan(steps, { placeOf }).lines.map(({ object }) => object)).toEqual(["b", "a"]);
  });

  it("tells every object that a change touches, whatever the change", () => {
    fc.assert(
      fc.property(plans, (steps) => {
        const report = reportOfPlan(steps);
        expect(touched(steps).filter((name) => !tells(report, name))).toEqual([]);
      }),
    );
  });

  it("leaves to the rest only what no other section told", () => {
    fc.assert(
      fc.property(plans, (steps) => {
        const { lines } = reportOfPlan(steps);
        const rest = lines.filter(({ section }) => section === "rest");
        expect(new Set(rest.map(({ object }) => object)).size).toBe(rest.length);
        const told = lines.filter(({ section }) => section !== "rest" && section !== "stopped");
        const twice = rest.flatMap(({ object, values }) =>
          told.filter(
            (line) => line.object === object && line.values.some(({ property }) => values.some((value) => value.property === property)),
          ),
        );
        expect(twice.filter(({ operation }) => operation === "update")).toEqual([]);
      }),
    );
  });

  it("is the same whatever order the plan has, and fits its published schema", () => {
    const isValid = new Ajv2020({ strict: false }).compile(REPORT_SCHEMA);
    fc.assert(
      fc.property(plans, (steps) => {
        const report = reportOfPlan(steps);
        expect(isValid(JSON.parse(JSON.stringify(report))), JSON.stringify(isValid.errors)).toBe(true);
        expect(reportOfPlan(steps.toReversed()).made).toEqual(report.made);
      }),
      { numRuns: 50 },
    );
  });

  it("tells an object of which only a part was told by another section with what is left", () => {
    const steps = [
      updated("OrganizationMember", "members/kim", { user: "kim@acme.example", role: "viewer" }, { role: "admin", firstName: "Kim" }),
    ];
    expect(linesIn("rest", steps)).toEqual(["low: OrganizationMember members/kim changes: firstName"]);
  });
});
