import { integer } from "../../../schema/field.js";
import { groupedBy, namesOf, projectsInUse } from "../projects.js";
import { defineRule, setting } from "../rule.js";
import { UNKNOWN } from "../seen.js";

export const fewProjectsEarly = defineRule({
  name: "few-projects-early",
  title: "Before anything runs in production there are few projects",
  why: "Many projects from the first day make operations hard to read, and none of them has proved yet that it is needed.",
  enforces: ["O-34", "O-35"],
  level: "advisory",
  // Olyx's page begins with four: production, staging, ci and experiments (O-29 to O-32).
  settings: { maxBeforeProduction: setting(integer({ minimum: 1 }), 4) },
  check: (view, { settings: { maxBeforeProduction } }) => {
    const isLive = new Set(
      view
        .of("ApiKey")
        .filter((key) => {
          const environment = view.environmentOf(key);
          return environment === "production" || environment === UNKNOWN;
        })
        .map(({ controlPlane }) => controlPlane),
    );
    return [...groupedBy(projectsInUse(view), ({ controlPlane }) => controlPlane)].flatMap(([controlPlane, projects]) => {
      const first = projects[maxBeforeProduction];
      if (first === undefined || isLive.has(controlPlane)) return [];
      return [
        {
          object: first,
          what: `is one of ${projects.length} projects (${namesOf(projects)}) before a single production key; ${maxBeforeProduction} are enough to begin with`,
          advice: "Begin with `production`, `staging`, `ci` and `experiments`, and add a project when something of its own needs it.",
        },
      ];
    });
  },
  example: {
    bad: `projects:
${["chat", "search", "mail", "maps", "shop"].map((name) => `  ${name}: { name: ${name}, launch: { owner: lin@acme.example } }`).join("\n")}`,
    good: `projects:
  production: { name: Production, environment: production, launch: { owner: lin@acme.example } }
  staging: { name: Staging, environment: staging, launch: { owner: lin@acme.example } }`,
  },
});
