import type { RuleSetting } from "../../../schema/kinds/governance.js";
import { RULES } from "../../policies/rules/index.js";
import type { Draft, DraftEntry } from "../draft.js";
import { pathInFile } from "../path-in-file.js";
import type { Way } from "../way.js";
import type { Translation } from "./translation.js";

interface Exception {
  readonly rule: string;
  readonly object: string;
  readonly until: string;
}

/**
 * The rules of the house go along. An approval is for one change at the source and never does; an exception does where its guardrail judges
 * the target and its object is there.
 */
export const governance: Translation = (draft, way) => {
  const [house] = draft.entries("Governance");
  if (house === undefined) return;
  if (house.given.approvals !== undefined) {
    const why = "an approval opens a gate for one change at the source: a change at the target is reviewed anew";
    draft.lose(house, "approvals", { why, weight: "tighter" });
  }
  exceptions(draft, way, house);
  settings(draft, way, house);
  layout(draft, way, house);
};

function exceptions(draft: Draft, way: Way, house: DraftEntry): void {
  if (!Array.isArray(house.given.exceptions)) return;
  const all = house.given.exceptions as readonly Exception[];
  const kept = all.flatMap((one) => {
    const objects = judges(way, one.rule) && one.until >= way.today ? namesOf(draft, one.object) : [];
    if (objects.length === 0) {
      const why = judges(way, one.rule)
        ? "its object is not in the new stack, or it is over"
        : `the guardrail ${one.rule} does not judge ${way.target.title}`;
      draft.tell(house, { field: "exceptions", result: "lost", from: `${one.rule} for ${one.object}`, why, weight: "tighter" });
    }
    return objects.map((object) => ({ ...one, object }));
  });
  if (JSON.stringify(kept) === JSON.stringify(all)) return;
  if (kept.length === 0) draft.unset(house, "exceptions");
  else draft.set(house, "exceptions", kept);
}

function settings(draft: Draft, way: Way, house: DraftEntry): void {
  const own = (house.given.settings ?? {}) as Readonly<Record<string, RuleSetting>>;
  for (const rule of Object.keys(own).filter((name) => !judges(way, name))) {
    draft.lose(house, `settings.${rule}`, { from: own[rule], why: `the guardrail ${rule} does not judge ${way.target.title}` });
  }
}

/** Once projects stand for environments, another layout would refuse them. */
function layout(draft: Draft, { target }: Way, house: DraftEntry): void {
  const { layout: own } = house.given;
  const origins = draft.entries("Project").map(({ name }) => draft.originOf(name));
  if (own === undefined || own === "perEnvironment" || new Set(origins).size === origins.length) return;
  draft.set(house, "layout", "perEnvironment");
  draft.tell(house, {
    field: "layout",
    result: "translated",
    from: own,
    to: "perEnvironment",
    why: `projects of ${target.title} stand for environments`,
  });
}

function judges({ target }: Way, name: string): boolean {
  return RULES.some((rule) => rule.name === name && (rule.systems?.includes(target.system) ?? true));
}

/** What an object of the source is called in the new stack, where control planes have no part in names. */
function namesOf(draft: Draft, object: string): readonly string[] {
  const path = pathInFile(object);
  return draft.entries().flatMap(({ name }) => (draft.originOf(name) === path ? [name] : []));
}
