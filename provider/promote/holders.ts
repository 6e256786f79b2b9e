import type { Measure } from "./ceilings.js";
import type { Draft, DraftEntry } from "./draft.js";
import { inProject } from "./named.js";
import { offers } from "./offers.js";
import type { Way } from "./way.js";

/** Where the target can cap: one key, or all keys of one project together. */
export interface Holder {
  /** Path in the new stack. */
  readonly name: string;
  /** Its keys, by their paths in the source. */
  readonly keys: readonly string[];
  /** What caps it already; infinite where nothing does. */
  readonly cap: number;
  /** Writes a lower cap. */
  readonly lower: (amount: number) => void;
}

/** The finest places that the target has for ceilings of a measure; none where it has none below the organization. */
export function holdersOf(draft: Draft, { target }: Way, measure: Measure): readonly Holder[] {
  if (offers(target, "ApiKey", measure.keyField)) return draft.entries("ApiKey").map((key) => keyHolder(draft, key, measure));
  const isMoney = measure.keyField === "monthlyUsd";
  if (!isMoney || !offers(target, "Budget", "amountUsd") || !offers(target, "Budget", "project")) return [];
  return draft.entries("Project").flatMap((project) => {
    const keys = sourcePaths(draft, inProject(draft, "ApiKey", project));
    return keys.length === 0 ? [] : [projectHolder(draft, project, keys)];
  });
}

function keyHolder(draft: Draft, key: DraftEntry, { keyField }: Measure): Holder {
  const [field = "", member = ""] = keyField.split(".");
  const own = key.given[field];
  const amount = member === "" ? own : (own as Readonly<Record<string, unknown>> | undefined)?.[member];
  const onlyWarns = keyField === "monthlyUsd" && key.given.onBreach === "warn";
  return {
    name: key.name,
    keys: sourcePaths(draft, [key]),
    cap: typeof amount === "number" && !onlyWarns ? amount : Number.POSITIVE_INFINITY,
    lower: (lowered) => {
      draft.set(key, keyField, lowered);
      if (onlyWarns) draft.set(key, "onBreach", "block");
    },
  };
}

function projectHolder(draft: Draft, project: DraftEntry, keys: readonly string[]): Holder {
  const monthly = () => inProject(draft, "Budget", project).filter(({ given }) => given.period === "month" && given.onBreach !== "warn");
  const amounts = monthly().map(({ given }) => Number(given.amountUsd));
  return {
    name: project.name,
    keys,
    // The budget of a divided project is that of all its parts together.
    cap: isDivided(draft, project) ? Number.POSITIVE_INFINITY : Math.min(Number.POSITIVE_INFINITY, ...amounts),
    lower: (lowered) => {
      const own = monthly();
      for (const budget of own) if (Number(budget.given.amountUsd) > lowered) draft.set(budget, "amountUsd", lowered);
      const path = [...project.node.path, "budgets", "month"];
      if (own.length === 0) draft.add(project.file, path, { amountUsd: lowered, period: "month", onBreach: "block" });
    },
  };
}

/** True for what stands several times in the new stack and once in the source. */
function isDivided(draft: Draft, { name, kindName }: Pick<DraftEntry, "name" | "kindName">): boolean {
  const origin = draft.originOf(name);
  return draft.entries(kindName).filter((one) => draft.originOf(one.name) === origin).length > 1;
}

function sourcePaths(draft: Draft, entries: readonly DraftEntry[]): readonly string[] {
  return entries.flatMap(({ name }) => draft.originOf(name) ?? []);
}
