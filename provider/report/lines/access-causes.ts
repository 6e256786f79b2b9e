import { apiKey } from "../../../schema/kinds/api-key.js";
import { organizationMember } from "../../../schema/kinds/organization-member.js";
import { project } from "../../../schema/kinds/project.js";
import { projectMember } from "../../../schema/kinds/project-member.js";
import { role } from "../../../schema/kinds/role.js";
import type { ObjectStep } from "../../gates/index.js";
import type { AccessChange } from "../access/index.js";
import type { Context } from "./context.js";

/** Finds the steps by which somebody's access changes: their own memberships or key first, then roles, then projects. */
export type CausesOf = (change: AccessChange) => readonly ObjectStep[];

/** Fields by which the objects of a kind give access, or keep it. */
const GIVING: Readonly<Record<string, readonly string[]>> = {
  [organizationMember.name]: ["user", "role", "expiresAt"],
  [projectMember.name]: ["user", "role", "project"],
  [apiKey.name]: ["permissions", "project", "defaultProject", "environment", "models", "ipAllowList", "expiresAt", "limits"],
  [role.name]: ["permissions"],
  [project.name]: ["status"],
};

/** Properties of a cause that a line about access tells. */
export function givingProperties({ kind }: ObjectStep): readonly string[] {
  return GIVING[kind] ?? [];
}

export function causesIn(context: Context): CausesOf {
  const bySubject = grouped(context.changes.objects, subjectKeys);
  const roles = grouped(
    context.changed.filter(({ kind }) => kind === role.name),
    (step) => bothOf(step, ({ name }) => name).map((name) => `${step.controlPlane}\n${name}`),
  );
  const projects = grouped(
    context.changed.filter(({ kind, operation }) => kind === project.name && operation === "update"),
    (step) => [`${step.controlPlane}\n${context.projectNames.get(step.urn)}`],
  );
  return ({ subject, urn, controlPlane, places }) => {
    const own = bySubject.get(urn ?? personKey(controlPlane, subject.name)) ?? [];
    const ownRoles = own
      .flatMap((step) => bothOf(step, (inputs) => inputs.role))
      .flatMap((name) => roles.get(`${controlPlane}\n${name}`) ?? []);
    const where = places.flatMap((place) => [...place.projects, ...place.except]);
    const ownProjects = where.flatMap((name) => projects.get(`${controlPlane}\n${name}`) ?? []);
    return [...new Set([...own.filter(givesAnew), ...ownRoles, ...ownProjects.filter(givesAnew)])];
  };
}

/** True for a step that changes what its object gives. */
function givesAnew(step: ObjectStep): boolean {
  if (step.operation === "same") return false;
  if (step.operation !== "update") return true;
  return step.properties.some(({ property }) => givingProperties(step).includes(property.split(".")[0] ?? ""));
}

/** A key is known by its URN, a person by address. */
function subjectKeys(step: ObjectStep): readonly string[] {
  const { kind, urn, controlPlane } = step;
  if (kind === apiKey.name) return [urn];
  if (kind !== organizationMember.name && kind !== projectMember.name) return [];
  return bothOf(step, (inputs) => inputs.user).map((user) => personKey(controlPlane, user));
}

function personKey(controlPlane: string, user: string): string {
  return `${controlPlane}\n${user.toLowerCase()}`;
}

/** A text in the inputs before and after; once when it stays. */
function bothOf({ before, after }: ObjectStep, read: (inputs: Readonly<Record<string, unknown>>) => unknown): readonly string[] {
  const values = [before?.inputs, after].map((inputs) => (inputs === undefined ? undefined : read(inputs)));
  return [...new Set(values.filter((value) => typeof value === "string"))];
}

function grouped(
  steps: readonly ObjectStep[],
  keysOf: (step: ObjectStep) => readonly string[],
): ReadonlyMap<string, readonly ObjectStep[]> {
  const groups = new Map<string, ObjectStep[]>();
  for (const step of steps) {
    for (const key of keysOf(step)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [step]);
      else group.push(step);
    }
  }
  return groups;
}
