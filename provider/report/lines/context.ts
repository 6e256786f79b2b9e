import { type Cascade, cascadeOf } from "../../gates/cascade.js";
import type { Facts, ObjectStep } from "../../gates/index.js";
import { isRemote } from "../../gates/remote.js";
import { accessDiff } from "../access/access-diff.js";
import type { AccessChange } from "../access/index.js";
import type { ReportInput } from "../report-input.js";

/** What the sections of a report are made of. */
export interface Context extends ReportInput {
  readonly facts: Facts;
  readonly accessChanges: readonly AccessChange[];
  /** Objects that the change touches. */
  readonly changed: readonly ObjectStep[];
  /** What goes with each object that ends, by URN; those with which nothing goes are left out. */
  readonly cascades: ReadonlyMap<string, Cascade>;
  /** Logical names of objects by `objectKey`. */
  readonly names: ReadonlyMap<string, string>;
  /** What the report calls each project, by URN. */
  readonly projectNames: ReadonlyMap<string, string>;
  /** URNs of objects that end together with what they belong to. */
  readonly goesAlong: ReadonlySet<string>;
}

export function contextOf(input: ReportInput): Context {
  const { changes, live, operation, today } = input;
  const facts: Facts = { changes, live, operation, today };
  const cascades = new Map(
    changes.objects
      .filter((step) => ends(step) && isRemote(step))
      .map((step) => [step.urn, cascadeOf(step, facts)] as const)
      .filter(([, { objects }]) => objects.length > 0),
  );
  const below = [...cascades.values()].flatMap(({ objects }) => objects.flatMap(({ step }) => step ?? []));
  return {
    ...input,
    facts,
    accessChanges: accessDiff(input.accessBefore, input.accessAfter),
    changed: changes.objects.filter((step) => step.operation !== "same"),
    cascades,
    names: new Map(changes.objects.map((step) => [objectKey(step.controlPlane, step.kind, step.before?.id), step.name])),
    projectNames: projectNamesIn(input),
    goesAlong: new Set(below.filter(ends).map(({ urn }) => urn)),
  };
}

/** What tells an object from others by its id. */
export function objectKey(controlPlane: string, kind: string, id: unknown): string {
  return [controlPlane, kind, String(id)].join("\n");
}

/** One that is replaced is called as it was. */
function projectNamesIn({ accessBefore, accessAfter }: ReportInput): ReadonlyMap<string, string> {
  const projects = [accessAfter, accessBefore].flatMap(({ planes }) =>
    [...planes.values()].flatMap((plane) => [...plane.projects.values()]),
  );
  return new Map(projects.map(({ urn, name }) => [urn, name]));
}

/** True when the object that is there now ends, be it that another one takes its place. */
export function ends({ operation }: ObjectStep): boolean {
  return operation === "delete" || operation === "replace";
}
