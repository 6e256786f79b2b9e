import { integer } from "../../../schema/field.js";
import { groupedBy, projectsInUse } from "../projects.js";
import { defineRule, setting } from "../rule.js";
import { known, type SeenObject } from "../seen.js";

export const ownershipIsSpread = defineRule({
  name: "ownership-is-spread",
  title: "A person owns at most as many projects as one can look after",
  why: "Whoever owns too many projects answers for none of them in time.",
  enforces: ["A-28"],
  level: "advisory",
  settings: { maxProjects: setting(integer({ minimum: 1 }), 10) },
  check: (view, { settings: { maxProjects } }) => {
    const owned = groupedBy(projectsInUse(view), (project) => {
      const owner = ownerOf(project);
      return owner === undefined ? undefined : `${project.controlPlane} ${owner}`;
    });
    return [...owned.values()].flatMap((projects) =>
      projects.slice(maxProjects).map((project) => ({
        object: project,
        property: "launch.owner",
        what: `belongs to ${ownerOf(project)}, who owns ${projects.length} projects; at most ${maxProjects} are meant for one person`,
        advice: "Name somebody else under `launch.owner`.",
      })),
    );
  },
  example: {
    bad: `projects:
${Array.from({ length: 11 }, (_, index) => `  p${index}: { name: Product ${index}, launch: { owner: lin@acme.example } }`).join("\n")}`,
    good: `projects:
  checkout: { name: Checkout, launch: { owner: lin@acme.example } }
  search: { name: Search, launch: { owner: kim@acme.example } }`,
  },
});

function ownerOf({ inputs }: SeenObject<"Project">): string | undefined {
  const owner: unknown = known(inputs.launch)?.owner;
  return typeof owner === "string" ? owner.toLowerCase() : undefined;
}
