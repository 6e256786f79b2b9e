import { inProject } from "../named.js";
import { offers, offersKind } from "../offers.js";
import type { Way } from "../way.js";
import type { Translation } from "./translation.js";

/** A system that calls registered models only needs a registry, which a source without one cannot fill: who serves a model, and its prices. */
export const registries: Translation = (draft, way) => {
  if (!offersKind(way.target, "Model")) return;
  const isShared = !offers(way.target, "Model", "project");
  for (const project of draft.entries("Project")) {
    const origin = draft.originOf(project.name) ?? project.name;
    const keys = inProject(draft, "ApiKey", project);
    const hasModels = inProject(draft, "Model", project).length > 0 || draft.entries("Model").some(({ owner }) => owner === undefined);
    if (keys.length === 0 || hasModels || offersKind(way.systemOf(origin), "Model")) continue;
    const where = isShared ? "models, and routing.models of the project" : "models of the project";
    const why = `${way.target.title} calls registered models only, and the source keeps none: write ${where}, with provider, identifier and prices${calledModels(way)}`;
    draft.tell(project, { field: "models", result: "open", why });
    draft.comment(project.file, project.node.path, `TODO ${where}: see PROMOTION.md`);
  }
};

/** The identifiers that the source's routing names, for whoever registers them. */
function calledModels({ source }: Way): string {
  const routed = source
    .filter(({ kindName }) => kindName === "RoutingPolicy")
    .flatMap(({ given }) => (Array.isArray(given.models) ? given.models : []));
  const names = [...new Set(routed.map(({ model }: { model?: unknown }) => String(model)))];
  return names.length === 0 ? "" : `; its rules name ${names.join(", ")}`;
}
