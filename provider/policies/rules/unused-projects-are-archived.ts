import { hasEnded } from "../people.js";
import { projectsInUse } from "../projects.js";
import { defineRule } from "../rule.js";
import type { SeenObject } from "../seen.js";

const ENDED = ["revoked", "missing"];

export const unusedProjectsAreArchived = defineRule({
  name: "unused-projects-are-archived",
  title: "A project whose keys have all ended is archived",
  why: "A project that nothing can use any more hides those that matter, and is not watched by anybody.",
  enforces: ["O-22"],
  level: "advisory",
  settings: {},
  check: (view, { today }) => {
    const isOver = ({ inputs, outputs }: SeenObject<"ApiKey">) =>
      hasEnded(inputs.expiresAt, today) === "yes" || ENDED.includes(String(outputs.status));
    return projectsInUse(view)
      .filter((project) => view.offers(project, "status"))
      .flatMap((project) => {
        const keys = [...view.referringTo(project, "ApiKey"), ...view.pastReferringTo(project, "ApiKey")];
        if (keys.length === 0 || !keys.every(isOver)) return [];
        return [
          {
            object: project,
            property: "status",
            what: `is active, and ${keys.length === 1 ? "its key has" : `all of its ${keys.length} keys have`} ended`,
            advice: "Remove the keys and write `status: archived`, or renew a key that is still needed.",
          },
        ];
      });
  },
  example: {
    bad: "projects: { pilot: { name: Pilot, launch: { owner: lin@acme.example }, keys: { pilot-dev: { environment: development, expiresAt: 2026-03-01 } } } }",
    good: "projects: { pilot: { name: Pilot, status: archived } }",
  },
});
