import { projectsInUse } from "../projects.js";
import { defineRule, type Violation } from "../rule.js";
import { known, type SeenObject } from "../seen.js";
import { strangersIn } from "../strangers.js";

export const ownersAreMembers = defineRule({
  name: "owners-are-members",
  title: "Whoever owns a key, or answers for a project's keys, is a member",
  why: "A key whose owner has left is renewed, narrowed and revoked by nobody.",
  enforces: ["A-28"],
  level: "mandatory",
  settings: {},
  check: (view, { today }) => {
    const isStranger = strangersIn(view, today);
    const named = (object: SeenObject, property: string, person: unknown, what: string) =>
      isStranger(object, person) ? [told(object, property, `${what} ${person}`)] : [];
    return [
      ...view.of("ApiKey").flatMap((key) => named(key, "owner", key.inputs.owner, "is owned by")),
      ...projectsInUse(view).flatMap((project) =>
        named(project, "launch.keyOwner", known(project.inputs.launch)?.keyOwner, "leaves its keys to"),
      ),
    ];
  },
  example: {
    bad: `members: { ada@acme.example: owner, bea@acme.example: admin }
projects: { checkout: { name: Checkout, keys: { checkout-dev: { environment: development, owner: gone@acme.example } } } }`,
    good: `members: { ada@acme.example: owner, bea@acme.example: admin }
projects: { checkout: { name: Checkout, launch: { owner: ada@acme.example }, keys: { checkout-dev: { environment: development, owner: ada@acme.example } } } }`,
  },
});

function told(object: SeenObject, property: string, who: string): Violation {
  return {
    object,
    property,
    what: `${who}, who is no member of the organization today`,
    advice: "Declare that person under `members`, or name somebody who is there.",
  };
}
