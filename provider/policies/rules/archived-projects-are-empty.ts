import type { KindName } from "../../../schema/kinds/index.js";
import { hasEnded } from "../people.js";
import { namesOf } from "../projects.js";
import { defineRule } from "../rule.js";
import type { SeenObject } from "../seen.js";
import type { StackView } from "../stack-view.js";

const ENDED = ["disabled", "revoked", "missing"];
const ROUTES = ["RoutingTier", "RoutingPolicy"] as const satisfies readonly KindName[];

export const archivedProjectsAreEmpty = defineRule({
  name: "archived-projects-are-empty",
  title: "An archived project has no active key and routes nothing",
  why: "A key of an archived project belongs to a service that fails the moment the archive refuses it.",
  enforces: ["O-15", "O-23", "O-26"],
  level: "mandatory",
  settings: {},
  check: (view, { today }) =>
    view
      .of("Project")
      .filter(({ inputs }) => inputs.status === "archived")
      .flatMap((project) => {
        const left = [...activeKeys(view, project, today), ...ROUTES.flatMap((kind) => view.referringTo(project, kind))];
        if (left.length === 0) return [];
        return [
          {
            object: project,
            property: "status",
            what: `is archived and still has ${left.length} ${left.length === 1 ? "object" : "objects"} in use: ${namesOf(left)}`,
            advice: "Move the services to keys of another project, remove these, and archive the project last.",
          },
        ];
      }),
  example: {
    bad: "projects: { pilot: { name: Pilot, status: archived, keys: { pilot-dev: { environment: development } } } }",
    good: "projects: { pilot: { name: Pilot, status: archived } }",
  },
});

function activeKeys(view: StackView, project: SeenObject, today: string): readonly SeenObject[] {
  return view
    .referringTo(project, "ApiKey")
    .filter(({ inputs, outputs }) => hasEnded(inputs.expiresAt, today) === "no" && !ENDED.includes(String(outputs.status)));
}
