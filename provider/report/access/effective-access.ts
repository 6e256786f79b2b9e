import { known, type SeenObject, UNKNOWN } from "../../policies/seen.js";
import type { StackView } from "../../policies/stack-view.js";
import type { Access, PlaneAccess, ProjectPlace } from "./access.js";
import { HolderDrafts } from "./holder-draft.js";
import { giveKeys } from "./keys.js";
import { giveAccounts, giveOrganizationRoles, giveProjectRoles } from "./people.js";
import { PlaneObjects } from "./plane-objects.js";
import { nameOfProject } from "./project-name.js";
import { environmentLimits, type LimitsByProject, sharedLimits } from "./shared-limits.js";

/**
 * What every person and key that a stack declares can do, and by which ways. `today` is a day as `2026-11-21`, UTC: what ended before
 * it gives nothing. People who stand in no declaration are not in it, and neither is who happens to create a project.
 */
export function effectiveAccess(view: StackView, { today }: { readonly today: string }): Access {
  return { planes: new Map(PlaneObjects.each(view.objects).map((plane) => [plane.name, planeAccess(view, plane, today)])) };
}

function planeAccess(view: StackView, plane: PlaneObjects, today: string): PlaneAccess {
  const shared = sharedLimits(view, plane);
  const drafts = new HolderDrafts();
  const forces = giveOrganizationRoles(drafts, view, plane.of("OrganizationMember"), today);
  giveAccounts(drafts, plane.of("ProjectMember"));
  giveProjectRoles(drafts, view, plane.of("ProjectMember"), forces);
  giveKeys(drafts, view, plane.of("ApiKey"), today);
  const projects = plane.of("Project").map((project) => projectPlace(project, shared));
  return {
    name: plane.name,
    system: plane.system,
    projects: new Map(projects.map((project) => [project.name, project])),
    limits: shared.get(undefined) ?? [],
    environments: environmentLimits(plane.of("EnvironmentLimit")),
    holders: drafts.holders(),
  };
}

function projectPlace(project: SeenObject<"Project">, shared: LimitsByProject): ProjectPlace {
  const { inputs, urn, id } = project;
  const name = nameOfProject(project);
  return {
    name,
    urn,
    id,
    aliases: [known(inputs.name), project.name].filter((alias) => alias !== undefined),
    environment: inputs.environment === UNKNOWN ? "unknown" : inputs.environment,
    archived: inputs.status === UNKNOWN ? "maybe" : inputs.status === "archived" ? "yes" : "no",
    limits: shared.get(name) ?? [],
  };
}
