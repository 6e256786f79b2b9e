import { items, member } from "./member.js";
import { modelsInReach } from "./models-in-reach.js";
import { routingOfProject } from "./routing-of-project.js";
import { type SeenObject, UNKNOWN } from "./seen.js";
import type { StackView } from "./stack-view.js";

type Key = SeenObject<"ApiKey">;

/** Whether limits per model stop a key, for systems that cap nothing else: on every model it reaches. What is unknown may be one. */
export function limitedPerModel(view: StackView): (key: Key) => { readonly cost: boolean; readonly rate: boolean } {
  const reach = modelsInReach(view);
  const routingOf = routingOfProject(view);
  return (key) => {
    if (key.inputs.limits === UNKNOWN) return { cost: true, rate: true };
    const models = reachedModels(key, routingOf(key));
    const { find } = reach(key);
    const byAll = (isMeant: (metric: unknown) => boolean) =>
      models.length > 0 && models.every((model) => isLimited(key, model, isMeant, find(String(model))));
    return { cost: byAll((metric) => metric === "cost"), rate: byAll((metric) => metric !== "cost") };
  };
}

/** The models that the project's routing names, else those that the key's own limits do. */
function reachedModels(key: Key, routing: readonly SeenObject<"RoutingPolicy">[]): readonly unknown[] {
  const routed = routing.flatMap(({ inputs }) => items(inputs.models).map((entry) => member(entry, "model")));
  return routed.length > 0 ? routed : items(key.inputs.limits).map((entry) => member(entry, "model"));
}

function isLimited(key: Key, model: unknown, isMeant: (metric: unknown) => boolean, declared: SeenObject<"Model"> | undefined): boolean {
  if (model === UNKNOWN) return true;
  const entries = items(key.inputs.limits);
  const entry = entries.find((one) => member(one, "model") === model);
  const ofModel = declared !== undefined && holds(declared.inputs.limits, isMeant);
  const mode = member(entry, "mode");
  if (mode === UNKNOWN || entries.some((one) => one === UNKNOWN || member(one, "model") === UNKNOWN)) return true;
  if (mode === "disable") return false;
  const own = holds(member(entry, "limits"), isMeant);
  return mode === "replace" ? own : own || ofModel;
}

/** A limit of 0 refuses everything, whatever it counts. */
function holds(limits: unknown, isMeant: (metric: unknown) => boolean): boolean {
  if (limits === UNKNOWN) return true;
  return items(limits).some((limit) => {
    const metric = member(limit, "metric");
    return metric === UNKNOWN || isMeant(metric) || member(limit, "value") === 0;
  });
}
