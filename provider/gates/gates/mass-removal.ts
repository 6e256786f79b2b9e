import { causesOf, organizationOf } from "../administrators.js";
import { collectionName } from "../collection-name.js";
import { collectionDigest } from "../digest.js";
import { type Facts, isDeletion, isEnding, type ObjectStep } from "../facts.js";
import type { Finding, Gate } from "../gate.js";
import { holdingsOf, planesIn } from "../holdings.js";
import { actsAfter, actsBefore, type Membership, membershipsOf } from "../membership.js";
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
  const { members, roles } = organizationOf(facts, plane);
  const isLost = losing(facts, (when, role) => organizationPowers(roles, when, role));
  const holders = members.filter(({ before }) => before !== undefined);
  return [...Map.groupBy(holders, ({ before }) => String(before?.role))].flatMap(([role, having]) => {
    const lost = having.filter(isLost);
    const causes = lost.flatMap((member) => causesOf(member, plane, facts));
    return finding({ object: collectionName(plane, `members:${role}`), words: `holders of ${role}`, holders: having, lost, causes });
  });
}

/** A project that is deleted takes its members along: that is told where its deletion is judged. */
function inProjects(plane: string, facts: Facts): readonly Finding[] {
  const { roles } = organizationOf(facts, plane);
  const isLess = losing(facts, (when, role) => projectPowers(roles, when, role));
  const members = membershipsOf(PROJECT_MEMBER, plane, facts).filter(({ before }) => before !== undefined);
  return [...Map.groupBy(members, ({ project }) => project)].flatMap(([id, holders]) => {
    const step = holdingsOf(facts, plane).find(PROJECT, id)?.step;
    if (step !== undefined && isDeletion(step)) return [];
    const isReplaced = step !== undefined && isEnding(step);
    const name = step?.name ?? collectionName(plane, `projects/${String(id)}`);
    const lost = holders.filter(isReplaced ? staysBehind : isLess);
    const causes = [...(isReplaced ? [step] : []), ...lost.flatMap((member) => causesOf(member, plane, facts))];
    return finding({ object: `${name}/members`, words: `members of ${name}`, holders, lost, causes });
  });
}

/** Of a project that another one replaces only the declared members are made anew. */
function staysBehind({ steps }: Membership): boolean {
  return !steps.some(({ after }) => after !== undefined);
}

/** Whose end has come that was declared loses nothing by this change. */
function losing(facts: Facts, powers: (when: "before" | "after", role: unknown) => Powers): (member: Membership) => boolean {
  return (member) => {
    const { before, after } = member;
    if (after === undefined && member.steps.some(({ endedOn }) => endedOn !== undefined)) return false;
    if (after === undefined || (actsBefore(member, facts.today) && !actsAfter(member, facts.today))) return true;
    const left = powers("after", after.role);
    return [...powers("before", before?.role)].some((one) => !left.has(one));
  };
}

interface Removal {
  readonly object: string;
  /** What the people are: `holders of manager`. */
  readonly words: string;
  readonly holders: readonly Membership[];
  readonly lost: readonly Membership[];
  /** The steps by which they lose it. */
  readonly causes: readonly ObjectStep[];
}

function finding({ object, words, holders, lost, causes }: Removal): readonly Finding[] {
  if (lost.length <= removalLimit(holders.length)) return [];
  const users = lost.map(({ user }) => user);
  return [
    {
      object,
      change: collectionDigest(causes, unseen(lost)),
      what: `${lost.length} of ${holders.length} ${words} are removed or demoted: ${users.join(", ")}`,
      advice: "Remove or demote them in several changes, or have this one approved.",
    },
  ];
}

/** Those whom the change reaches though no step of it is theirs. */
function unseen(lost: readonly Membership[]): readonly string[] {
  return lost.filter(({ steps }) => steps.length === 0).map(({ user }) => user);
}
