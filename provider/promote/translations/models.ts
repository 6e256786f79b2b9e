import type { Draft, DraftEntry } from "../draft.js";
import { inProject, named } from "../named.js";
import { needs, offers, offersKind } from "../offers.js";
import { namingsIn, renameIn } from "../references.js";
import type { Way } from "../way.js";
import type { Translation } from "./translation.js";

/** A model is in the registry of its project in some systems, and in that of the whole organization in others. */
export const models: Translation = (draft, way) => {
  if (needs(way.target, "Model", "project")) intoProjects(draft, way);
  else if (offersKind(way.target, "Model") && !offers(way.target, "Model", "project")) outOfProjects(draft, way);
};

/** Each project gets those that it names, and no others: it could call them before. */
function intoProjects(draft: Draft, { target }: Way): void {
  const shared = draft.entries("Model").filter(({ owner, given }) => owner === undefined && given.project === undefined);
  for (const model of shared) {
    const users = draft.entries("Project").filter((project) => namesModel(draft, project, model));
    if (users.length === 0) {
      draft.loseWhole(model, { why: `the registry of ${target.title} is a project's, and no project here names this model` });
      continue;
    }
    for (const project of users) draft.copyTo(model, project.file, [...project.node.path, "models", model.key ?? ""]);
    const to = users.map(({ name }) => `${name}/models/${model.key}`);
    draft.tell(model, { result: "translated", to, why: "each project has a registry of its own: those that name the model have it" });
    draft.remove(model);
  }
}

function namesModel(draft: Draft, project: DraftEntry, model: DraftEntry): boolean {
  return (["RoutingPolicy", "RoutingTier", "ApiKey"] as const)
    .flatMap((kind) => inProject(draft, kind, project))
    .some((entry) =>
      namingsIn(entry).some(({ kind, text, by }) => kind === "Model" && named(draft, "Model", text, entry, by)?.name === model.name),
    );
}

/** All projects share one registry; a project then says which of its models it routes to. */
function outOfProjects(draft: Draft, way: Way): void {
  for (const project of draft.entries("Project")) {
    const own = inProject(draft, "Model", project).filter(({ owner }) => owner !== undefined);
    if (own.length === 0) continue;
    routeTo(draft, way, project, own);
    for (const model of own) moveUp(draft, model, project);
  }
}

function moveUp(draft: Draft, model: DraftEntry, project: DraftEntry): void {
  const { key = "", given } = model;
  const there = draft.entries("Model").find((one) => one.owner === undefined && one.given.identifier === given.identifier);
  const isTaken = draft.entryAt(`models/${key}`) !== undefined;
  const path = ["models", isTaken ? `${project.key}-${key}` : key];
  for (const kind of ["RoutingPolicy", "RoutingTier", "ApiKey"] as const) {
    for (const entry of inProject(draft, kind, project)) {
      // The identifier names it wherever it stands.
      renameIn(draft, entry, "Model", (text) => (text === key && isTaken ? String(given.identifier) : undefined));
    }
  }
  if (there === undefined) {
    draft.tell(model, {
      result: "translated",
      to: path.join("/"),
      why: "models are registered once for all projects, which route to those they use",
    });
    draft.copyTo(model, draft.main, path);
  } else {
    const isSame = JSON.stringify(there.node.value) === JSON.stringify(model.node.value);
    const why = `${String(given.identifier)} is registered once for all projects${isSame ? "" : ", as the first project declares it: compare the settings of both"}`;
    draft.tell(model, { result: "translated", to: there.name, why });
  }
  draft.remove(model);
}

/** The order of preference is that of the tiers, with their fallbacks behind them. */
function routeTo(draft: Draft, { target }: Way, project: DraftEntry, own: readonly DraftEntry[]): void {
  if (!offers(target, "RoutingPolicy", "models") || offersKind(target, "RoutingTier")) return;
  const [policy] = inProject(draft, "RoutingPolicy", project);
  if (policy?.given.models !== undefined) return;
  const tiers = inProject(draft, "RoutingTier", project);
  const preferred = [...tiers, ...(policy === undefined ? [] : [policy])].flatMap((entry) =>
    namingsIn(entry).flatMap(({ kind, text, by }) => (kind === "Model" ? (named(draft, "Model", text, entry, by) ?? []) : [])),
  );
  const identifiers = [...new Set([...preferred, ...own].map(({ given }) => String(given.identifier)))];
  const path = [...project.node.path, "routing", "models"];
  for (const tier of tiers.length === 1 ? tiers : []) {
    draft.tell(tier, {
      result: "translated",
      to: path.join("/"),
      why: "it is the project's one tier: its model comes first, its fallbacks behind it",
    });
    draft.remove(tier);
  }
  draft.add(
    project.file,
    path,
    identifiers.map((model) => ({ model })),
  );
}
