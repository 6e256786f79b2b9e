import { logicalName, planesOf } from "./control-planes.js";
import type { Collection } from "./entries.js";
import { isMapping, textOf } from "./located.js";
import type { ExclusiveCollection, RuleByName } from "./model.js";

/** The collections whose undeclared objects go, one for each control plane they are on. */
export function exclusiveOf(collections: readonly Collection[], planes: readonly string[]): readonly ExclusiveCollection[] {
  return collections.flatMap((collection) => {
    const { children } = collection.node;
    const isWhole = children.get("$exclusive")?.value === true;
    const name = isWhole ? "$exclusive" : "$remove";
    const setting = children.get(name);
    if (setting === undefined) return [];
    return planesOf(collection.owner, planes).map((controlPlane) => ({
      ...placeOf(collection, controlPlane),
      name: logicalName(controlPlane, [...collection.node.path, name].join("/")),
      ...(isWhole ? {} : { only: rulesIn(collection, "$remove", controlPlane) }),
      declared: collection.entries
        .filter((entry) => planesOf(entry, planes).includes(controlPlane))
        .map((entry) => logicalName(controlPlane, entry.name)),
      position: setting.keyPosition,
    }));
  });
}

/** The rules that leave undeclared objects alone, one for each control plane they hold on. */
export function ignoredBy(collections: readonly Collection[], planes: readonly string[]): readonly RuleByName[] {
  return collections.flatMap((collection) =>
    planesOf(collection.owner, planes).flatMap((controlPlane) => rulesIn(collection, "$ignore", controlPlane)),
  );
}

/** True until the last day of a rule is over; `today` is `2026-11-21`. */
export function isInForce({ until }: Pick<RuleByName, "until">, today: string): boolean {
  return until === undefined || until >= today;
}

function rulesIn(collection: Collection, setting: string, controlPlane: string): readonly RuleByName[] {
  return [...(collection.node.children.get(setting)?.children.values() ?? [])].flatMap((rule) => {
    if (!isMapping(rule)) return [];
    const until = textOf(rule.children.get("until"));
    return [
      {
        ...placeOf(collection, controlPlane),
        match: String(rule.value.match),
        reason: String(rule.value.reason),
        ...(until === undefined ? {} : { until }),
        position: rule.position,
      },
    ];
  });
}

function placeOf({ kindName, owner }: Collection, controlPlane: string): Pick<RuleByName, "kind" | "owner" | "controlPlane"> {
  return { kind: kindName, controlPlane, ...(owner === undefined ? {} : { owner: logicalName(controlPlane, owner.name) }) };
}
