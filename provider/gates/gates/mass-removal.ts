import { causesOf, organizationOf } from "../administrators.js";
import { collectionName } from "../collection-name.js";
import { collectionDigest } from "../digest.js";
import { type Facts, isEnding } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { holdingsOf, planesIn } from "../holdings.js";
import { type Membership, membershipsOf } from "../membership.js";
import { organizationPowers, type Powers, projectPowers } from "../powers-of-role.js";
import { removalLimit } from "../removal-limit.js";

const PROJECT = "Project";
const PROJECT_MEMBER = "ProjectMember";

export const massRemoval: Gate = {
  name: "mass-removal",
  title: "Many holders of a role lose it at once",
  why: "A wrong list, or a file that was cut short, takes the work away from whole teams before anybody notices.",
  judge: (facts) =>
    facts.operation === "destroy"
      ? []
      : planesIn(facts.changes).flatMap((plane) => [...inRoles(plane, facts), ...inProjects(plane, facts)]),
};

function inRoles(plane: string, facts: Facts): readonly Finding[] {
  const { members, roles } = organizationOf(plane, facts);
  const powers = (when: "before" | "after", role: unknown) => organizationPowers(roles, when, role);
  const held = [...new Set(members.flatMap(({ before }) => (before === undefined ? [] : [String(before.role)])))];
  return held.flatMap((role) => {
    const holders = members.filter(({ before }) => before !== undefined && String(before.role) === role);
    return finding(plane, facts, `members:${role}`, `holders of ${role}`, holders, powers);
  });
}

/** A project that ends takes its members along: that is told where its deletion is judged. */
function inProjects(plane: string, facts: Facts): readonly Finding[] {
  const { roles } = organizationOf(plane, facts);
  const powers = (when: "before" | "after", role: unknown) => projectPowers(roles, when, role);
  const members = membershipsOf(PROJECT_MEMBER, plane, facts).filter(({ before }) => before !== undefined);
  return [...new Set(members.map(({ project }) => project))].flatMap((id) => {
    const step = holdingsOf(facts, plane).find(PROJECT, id)?.step;
    if (step !== undefined && isEnding(step)) return [];
    const name = step?.name ?? collectionName(plane, `projects/${String(id)}`);
    const holders = members.filter(({ project }) => project === id);
    return finding(plane, facts, `${name}/members`, `members of ${name}`, holders, powers, true);
  });
}

function finding(
  plane: string,
  facts: Facts,
  object: string,
  words: string,
  holders: readonly Membership[],
  powers: (when: "before" | "after", role: unknown) => Powers,
  isNamed = false,
): readonly Finding[] {
  const lost = holders.filter(
    ({ before, after }) => after === undefined || isLess(powers("before", before?.role), powers("after", after.role)),
  );
  if (lost.length <= removalLimit(holders.length)) return [];
  return [
    {
      object: isNamed ? object : collectionName(plane, object),
      change: collectionDigest(lost.flatMap((member) => causesOf(member, plane, facts))),
      what: `${lost.length} of ${holders.length} ${words} are removed or demoted: ${lost.map(({ user }) => user).join(", ")}`,
      advice: "Remove or demote them in several changes, or have this one approved.",
    },
  ];
}

function isLess(before: Powers, after: Powers): boolean {
  return [...before].some((one) => !after.has(one));
}
