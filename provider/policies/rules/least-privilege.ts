import { integer } from "../../../schema/field.js";
import type { RoleTable } from "../../../schema/systems/roles.js";
import { adapterOf } from "../../adapters/index.js";
import { crowdsOf, type Person } from "../people.js";
import { namesOf, projectsInUse } from "../projects.js";
import { defineRule, setting, type Violation } from "../rule.js";
import { known, type SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

/** What the stack says of where a person works. */
interface Work {
  readonly leads: SeenObject<"Project">[];
  readonly memberships: SeenObject<"ProjectMember">[];
}

export const leastPrivilege = defineRule({
  name: "least-privilege",
  title: "Whoever works in projects does not administer the organization",
  why: "An administrator acts in every project and over every member, so each one more is a way into all of them.",
  enforces: ["F-37", "O-45", "O-46"],
  level: "advisory",
  settings: { spared: setting(integer({ minimum: 0 }), 2) },
  check: (view, { settings, today }) => {
    const work = workOf(view);
    return crowdsOf(view, today).flatMap(({ people }) => {
      const administrators = people.filter((person) => person.administers === "yes" && person.isHere === "yes");
      return administrators.length <= settings.spared ? [] : administrators.flatMap((person) => tooMuch(view, person, work));
    });
  },
  example: {
    bad: `members: { ada@acme.example: owner, bea@acme.example: admin, lin@acme.example: admin }
projects: { checkout: { name: Checkout, launch: { owner: lin@acme.example } } }`,
    good: `members: { ada@acme.example: owner, bea@acme.example: admin, lin@acme.example: manager }
projects: { checkout: { name: Checkout, launch: { owner: lin@acme.example } } }`,
  },
});

function tooMuch(view: StackView, { member, user }: Person, work: ReadonlyMap<string, Work>): readonly Violation[] {
  const { leads, memberships } = work.get(`${member.controlPlane} ${user}`) ?? { leads: [], memberships: [] };
  const roles = adapterOf(member.system).roles;
  const told = (what: string, advice: string) => [{ object: member, property: "role", what, advice }];
  const leader = leaderRole(roles);
  if (leads.length > 0 && leader !== undefined) {
    return told(
      `is an administrator who leads projects (${namesOf(leads)})`,
      `Write \`role: ${leader}\`, which is enough to make and lead projects.`,
    );
  }
  const projects = [...new Set([...leads, ...memberships.flatMap((one) => view.projectOf(one) ?? [])])];
  const advice = `Write \`role: ${leastRole(roles)}\`, and give the rights where they are needed: \`projects.NAME.members\`.`;
  const onlyReads = memberships.length > 0 && leads.length === 0 && memberships.every((one) => isReader(roles, one));
  if (onlyReads) return told(`is an administrator who only reads in projects (${namesOf(projects)})`, advice);
  return projects.length === 1 ? told(`is an administrator who works in one project alone (${namesOf(projects)})`, advice) : [];
}

function workOf(view: StackView): ReadonlyMap<string, Work> {
  const work = new Map<string, Work>();
  const of = ({ controlPlane }: SeenObject, user: string) => {
    const key = `${controlPlane} ${user.toLowerCase()}`;
    const own = work.get(key) ?? { leads: [], memberships: [] };
    work.set(key, own);
    return own;
  };
  for (const project of projectsInUse(view)) {
    const owner: unknown = known(project.inputs.launch)?.owner;
    if (typeof owner === "string") of(project, owner).leads.push(project);
  }
  for (const membership of view.of("ProjectMember")) {
    const user = known(membership.inputs.user);
    if (user !== undefined) of(membership, user).memberships.push(membership);
  }
  return work;
}

function isReader(roles: RoleTable, { inputs }: SeenObject<"ProjectMember">): boolean {
  const capabilities = roles.project[known(inputs.role) ?? ""]?.capabilities ?? [];
  return capabilities.length === 1 && capabilities.includes("view");
}

/** The least of the roles that make projects and do not manage members, where a system has one. */
function leaderRole(roles: RoleTable): string | undefined {
  return ascending(roles).find((name) => {
    const { organization = [] } = roles.organization[name] ?? {};
    return organization.includes("createProjects") && !organization.includes("manageMembers");
  });
}

function leastRole(roles: RoleTable): string | undefined {
  return ascending(roles).find((name) => !roles.organization[name]?.organization.includes("billing"));
}

function ascending({ organization }: RoleTable): readonly string[] {
  const weight = (name: string) => (organization[name]?.organization.length ?? 0) + (organization[name]?.everyProject.length ?? 0);
  return Object.keys(organization).sort((one, other) => weight(one) - weight(other));
}
