import { integer, list, number, text } from "../../../schema/field.js";
import { type Crowd, crowdsOf, organizationOf, type Person } from "../people.js";
import { namesOf } from "../projects.js";
import { defineRule, setting, type Violation } from "../rule.js";
import { known, type SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
  readonly maxShare: number;
  readonly fromMembers: number;
}

export const administratorsAreFew = defineRule({
  name: "administrators-are-few",
  title: "An organization has two to five administrators, and those whom it requires",
  why: "Where everybody administers, nobody governs keys, billing and members; where one does, nobody can when that one is away.",
  enforces: ["A-27", "O-45"],
  level: "mandatory",
  settings: {
    minimum: setting(integer({ minimum: 1 }), 2),
    maximum: setting(integer({ minimum: 1 }), 5),
    maxShare: setting(number({ minimum: 0, maximum: 1 }), 0.2),
    fromMembers: setting(integer({ minimum: 1 }), 10),
    required: setting(list(text({ format: "email" }), { unordered: true }), []),
  },
  check: (view, { settings, today }) =>
    crowdsOf(view, today).flatMap((crowd) => [
      ...tooMany(crowd.people, settings),
      ...tooFew(view, crowd, settings),
      ...settings.required.flatMap((user) => missing(view, crowd, user.toLowerCase())),
    ]),
  example: {
    bad: "members: { ada@acme.example: owner, bea@acme.example: admin, cy@acme.example: admin, dan@acme.example: admin, eve@acme.example: admin, fay@acme.example: admin }",
    good: "members: { ada@acme.example: owner, bea@acme.example: admin, cy@acme.example: manager, dan@acme.example: member }",
  },
});

function tooMany(crowd: readonly Person[], { minimum, maximum, maxShare, fromMembers }: Bounds): readonly Violation[] {
  const certain = crowd.filter(({ isHere }) => isHere === "yes");
  const administrators = certain.filter((person) => person.administers === "yes").map(({ member }) => member);
  // Whoever may be here counts for the share, so that no violation is told that an apply would dissolve. The addend undoes binary fractions.
  const share = certain.length < fromMembers ? maximum : Math.floor(crowd.length * maxShare + 1e-9);
  const limit = Math.max(minimum, Math.min(maximum, share));
  // One for each, so that an exception for one of them is none for the others.
  return administrators.slice(limit).map((object) => ({
    object,
    property: "role",
    what: `is one administrator too many: ${administrators.length} of ${crowd.length} members administer (${namesOf(administrators)}), and at most ${limit} may`,
    advice: "Give the others a role that does not manage members, and a role in their projects (`projects.NAME.members`).",
  }));
}

/** Only advice: an administrator may be there whom the stack does not declare, such as the founder of the account. */
function tooFew(view: StackView, { first, people }: Crowd, { minimum }: Bounds): readonly Violation[] {
  const possible = people.filter((person) => person.administers !== "no").map(({ member }) => member);
  if (possible.length >= minimum) return [];
  return [
    {
      object: organizationOf(view, first),
      what: `is in a stack that declares ${numbered(possible)}, and at least ${minimum} should be there`,
      advice: "Declare another administrator under `members`.",
      onlyAdvice: "unlessAsked",
    },
  ];
}

function missing(view: StackView, { first, people }: Crowd, user: string): readonly Violation[] {
  const person = people.find((one) => one.user === user);
  const advice = `Declare ${user} under \`members\` with a role that administers.`;
  if (person?.administers === "no") {
    return [
      { object: person.member, property: "role", what: `must be an administrator and is ${known(person.member.inputs.role)}`, advice },
    ];
  }
  if (person !== undefined || people.some((one) => one.user === undefined)) return [];
  return [{ object: organizationOf(view, first), what: `is in a stack without its required administrator ${user}`, advice }];
}

function numbered(administrators: readonly SeenObject[]): string {
  const [one, ...more] = administrators;
  if (one === undefined) return "no administrator";
  return `${administrators.length} administrator${more.length === 0 ? "" : "s"} (${namesOf(administrators)})`;
}
