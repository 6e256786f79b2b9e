import { logicalName, planesOf } from "./control-planes.js";
import type { Collection } from "./entries.js";
import { isMapping, textOf } from "./located.js";
import type { ExclusiveCollection, IgnoreRule } from "./model.js";

/** The collections whose undeclared objects go, one for each control plane they are on. */
export function exclusiveOf(collections: readonly Collection[], planes: readonly string[]): readonly ExclusiveCollection[] {
  return collections.flatMap((collection) => {
    const setting = collection.node.children.get("$exclusive");
    if (setting?.value !== true) return [];
    return planesOf(collection.owner, planes).map((controlPlane) => ({
      ...placeOf(collection, controlPlane),
      name: logicalName(controlPlane, [...collection.node.path, "$exclusive"].join("/")),
      declared: collection.entries
        .filter((entry) => planesOf(entry, planes).includes(controlPlane))
        .map((entry) => logicalName(controlPlane, entry.name)),
      position: setting.keyPosition,
    }));
  });
}

/** The rules that leave undeclared objects alone, one for each control plane they hold on. */
export function ignoredBy(collections: readonly Collection[], planes: readonly string[]): readonly IgnoreRule[] {
  return collections.flatMap((collection) =>
    [...(collection.node.children.get("$ignore")?.children.values() ?? [])].flatMap((rule) => {
      if (!isMapping(rule)) return [];
      const until = textOf(rule.children.get("until"));
      return planesOf(collection.owner, planes).map((controlPlane) => ({
        ...placeOf(collection, controlPlane),
        match: String(rule.value.match),
        reason: String(rule.value.reason),
        ...(until === undefined ? {} : { until }),
        position: rule.position,
      }));
    }),
  );
}

function placeOf({ kindName, owner }: Collection, controlPlane: string): Pick<IgnoreRule, "kind" | "owner" | "controlPlane"> {
  return { kind: kindName, controlPlane, ...(owner === undefined ? {} : { owner: logicalName(controlPlane, owner.name) }) };
}
