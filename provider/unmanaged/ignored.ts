import { matchesPattern } from "../lifecycle/matches-pattern.js";
import { naturalKey } from "../lifecycle/natural-key.js";
import { isInForce, type RuleByName, type Stack } from "../stackfile/index.js";
import type { PlaneObjects } from "./plane-objects.js";
import type { ListedObject } from "./question.js";

/** Tells which rules of a stack speak of an undeclared object of a control plane. */
export interface Rules {
  /** True while an `$ignore` silences it, or the project that it is in. */
  isIgnored(object: ListedObject): boolean;
  /** Last day of the `$ignore` that silenced it longest, and has ended. */
  ignoredUntil(object: ListedObject): string | undefined;
  /** The setting by which the next `up` removes it: `$exclusive` or `$remove`. */
  removedBy(object: ListedObject): string | undefined;
}

export function rulesOn(
  controlPlane: string,
  { ignore, exclusive }: Pick<Stack, "ignore" | "exclusive">,
  objects: PlaneObjects,
  today: string,
): Rules {
  const isOfCollection = ({ kind, owner, controlPlane: on }: Pick<RuleByName, "kind" | "owner" | "controlPlane">, object: ListedObject) => {
    const holder = objects.ownerOf(object);
    const holderName = holder && (objects.nameOf(holder) ?? UNDECLARED);
    return kind === object.kind.name && on === controlPlane && owner === holderName;
  };
  const speaksOf = (rule: RuleByName, object: ListedObject) =>
    isOfCollection(rule, object) && matchesPattern(naturalKey(object.kind, object.remote), rule.match);
  const inForce = (rule: RuleByName) => isInForce(rule, today);
  const isIgnored = (object: ListedObject): boolean => {
    if (ignore.some((rule) => inForce(rule) && speaksOf(rule, object))) return true;
    const holder = objects.ownerOf(object);
    return holder !== undefined && objects.nameOf(holder) === undefined && isIgnored(holder);
  };
  return {
    isIgnored,
    ignoredUntil: (object) =>
      ignore
        .flatMap((rule) => (!inForce(rule) && speaksOf(rule, object) ? (rule.until ?? []) : []))
        .toSorted()
        .at(-1),
    removedBy: (object) =>
      exclusive
        .find((one) => isOfCollection(one, object) && (one.only?.some((rule) => inForce(rule) && speaksOf(rule, object)) ?? true))
        ?.name.split("/")
        .at(-1),
  };
}

/** No collection of a stack is nested in what nobody declared. */
const UNDECLARED = "";
