import { KINDS } from "../../../schema/kinds/index.js";
import { adapterOf } from "../../adapters/index.js";
import { supportOf } from "../../adapters/support.js";
import { known, type SeenObject } from "../../policies/seen.js";
import type { StackView } from "../../policies/stack-view.js";
import { uncertain } from "./capability-set.js";
import type { HolderDrafts } from "./holder-draft.js";
import { asFarAs, endLimit, type InForce, inForce } from "./in-force.js";
import { projectNamed } from "./project-name.js";
import { accountRights, organizationRights, projectRights } from "./role-rights.js";

type Person = SeenObject<"OrganizationMember" | "ProjectMember">;

/** What organization roles give. Returns which memberships are in force: who is a member no more cannot sign in, whatever projects say. */
export function giveOrganizationRoles(
  drafts: HolderDrafts,
  view: StackView,
  members: readonly SeenObject<"OrganizationMember">[],
  today: string,
): ReadonlyMap<string, InForce> {
  const forces = new Map<string, InForce>();
  for (const member of members) {
    const force = memberForce(view, member, today);
    forces.set(nameOfPerson(member), force);
    if (force === "no") continue;
    const rights = organizationRights(view, member);
    const draft = drafts.of({ type: "person", name: nameOfPerson(member) });
    const via = `organization role ${rights.called}`;
    draft.giveInOrganization(via, asFarAs(force, rights.organization));
    draft.giveInEveryProject(via, asFarAs(force, rights.inProjects));
    draft.limit(endLimit(member.inputs.expiresAt, "membership of the organization"));
  }
  return forces;
}

/** What memberships of projects give. One whose project nobody knows yet may be of any. */
export function giveProjectRoles(
  drafts: HolderDrafts,
  view: StackView,
  memberships: readonly SeenObject<"ProjectMember">[],
  forces: ReadonlyMap<string, InForce>,
): void {
  for (const membership of memberships) {
    const name = nameOfPerson(membership);
    if ((forces.get(name) ?? statusForce(membership)) === "no") continue;
    const rights = projectRights(view, membership);
    const draft = drafts.of({ type: "person", name });
    const project = projectNamed(view, membership, "project");
    if (project === undefined)
      draft.giveInEveryProject(`member as ${rights.called} of a project known after apply`, uncertain(rights.inProjects));
    else draft.giveIn(project, `member of ${project} as ${rights.called}`, rights.inProjects);
  }
}

/** What an account gives by itself, where the system has no members outside of projects. */
export function giveAccounts(drafts: HolderDrafts, memberships: readonly SeenObject<"ProjectMember">[]): void {
  const [first] = memberships;
  if (first === undefined || !("lacking" in supportOf(adapterOf(first.system), KINDS.OrganizationMember))) return;
  const rights = accountRights(first.system);
  for (const name of new Set(memberships.map(nameOfPerson))) {
    const draft = drafts.of({ type: "person", name });
    for (const { organization, inProjects, called } of rights) {
      draft.giveInOrganization(`account (${called})`, organization);
      draft.giveInEveryProject(`account (${called})`, inProjects);
    }
  }
}

function memberForce(view: StackView, member: SeenObject<"OrganizationMember">, today: string): InForce {
  return statusForce(member) === "no" ? "no" : inForce(view, member, today);
}

/** As far as the control plane has told it. A project says of a person what the organization does, and later. */
function statusForce({ outputs }: Person): InForce {
  return outputs.status === "expired" ? "no" : "yes";
}

function nameOfPerson({ name, inputs }: Person): string {
  return known(inputs.user)?.toLowerCase() ?? `somebody known after apply (${name})`;
}
