import type { Draft, DraftEntry } from "../draft.js";
import { inProject } from "../named.js";
import { offers } from "../offers.js";
import type { Way } from "../way.js";
import type { Translation } from "./translation.js";

/** The environment class stands on the key in some systems, and is what a project stands for in others. */
export const environments: Translation = (draft, way) => {
  if (!offers(way.target, "Project", "environment")) ontoKeys(draft, way);
  if (way.target.projectIsEnvironment === true) ontoProjects(draft, way);
};

function ontoKeys(draft: Draft, { target }: Way): void {
  if (!offers(target, "ApiKey", "environment")) return;
  for (const project of draft.entries("Project")) {
    const { environment } = project.given;
    if (environment === undefined) continue;
    for (const key of inProject(draft, "ApiKey", project).filter(({ given }) => given.environment === undefined)) {
      draft.set(key, "environment", environment);
      draft.tell(key, { field: "environment", result: "translated", to: environment, why: "it had the class of its project" });
    }
    draft.tell(project, {
      field: "environment",
      result: "translated",
      from: environment,
      to: "environment of its keys",
      why: `in ${target.title} the class stands on the keys`,
    });
    draft.unset(project, "environment");
  }
}

function ontoProjects(draft: Draft, way: Way): void {
  for (const project of draft.entries("Project")) {
    if (project.given.environment !== undefined) continue;
    const classes = [...new Set(inProject(draft, "ApiKey", project).map(({ given }) => given.environment))];
    const [only] = classes;
    if (classes.length > 1) divide(draft, way, project, classes);
    else if (only !== undefined) {
      draft.set(project, "environment", only);
      draft.tell(project, {
        field: "environment",
        result: "translated",
        to: only,
        why: "the class of all its keys: a project stands for one",
      });
    }
  }
}

/** A project for each class, with a copy of everything but the keys. Keys without a class stay in one without. */
function divide(draft: Draft, { target }: Way, project: DraftEntry, classes: readonly unknown[]): void {
  const { key = "", file } = project;
  const parts = classes.map((environment) => ({ environment, key: environment === undefined ? key : `${key}-${String(environment)}` }));
  for (const entry of draft.entries("ApiKey").filter(({ given, owner }) => owner === undefined && given.project === key)) {
    draft.set(entry, "project", parts.find(({ environment }) => environment === entry.given.environment)?.key);
  }
  draft.tell(project, {
    result: "translated",
    to: parts.map((part) => `projects/${part.key}`),
    why: `a project of ${target.title} stands for one environment, with caps and traces of its own: this one has keys of ${classes.map((one) => one ?? "no class").join(" and ")}, and each class gets a project with members, models, routing and launch copied (divide launch.expectedMonthlyUsd as it will be spent)`,
  });
  draft.divide(
    project,
    parts.map((part) => part.key),
  );
  if (file.team) {
    const { owns } = file.document.toJS() as { owns: { projects: readonly string[] } };
    draft.setPath(
      file,
      ["owns", "projects"],
      owns.projects.flatMap((one) => (one === key ? parts.map((part) => part.key) : [one])),
    );
  }
  for (const part of parts) {
    const copy = draft.entryAt(`projects/${part.key}`);
    if (copy === undefined) continue;
    for (const other of draft
      .entries("ApiKey")
      .filter(({ owner, given }) => owner?.name === copy.name && given.environment !== part.environment))
      draft.remove(other);
    if (part.environment === undefined) continue;
    draft.set(copy, "environment", part.environment);
    const name = `${String(project.given.name)} ${String(part.environment)}`;
    draft.set(copy, "name", name);
    draft.tell(copy, {
      field: "name",
      result: "translated",
      from: project.given.name,
      to: name,
      why: "each of its projects says its class",
    });
  }
}
