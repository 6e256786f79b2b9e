import type { ObjectStep } from "../../gates/index.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import { someOf } from "./some-of.js";
import type { Telling, ToldSoFar } from "./telling.js";

const WORDS = {
  create: "is created",
  adopt: "is there already and is managed from now on",
  update: "changes",
  replace: "is replaced",
  delete: "is deleted",
  release: "leaves the stack and stays at the control plane",
} as const satisfies Record<Exclude<ObjectStep["operation"], "same">, string>;

/** One line for each object of which something is left to tell. */
export function restLines(context: Context, told: ToldSoFar): readonly Telling[] {
  return context.changed.flatMap((step): Telling[] => {
    if (step.operation === "same" || told.isWhole(step)) return [];
    const properties = told.left(step).map(({ property }) => property);
    const names = [...new Set(properties.map((property) => property.split(".")[0] ?? property))];
    const more = step.operation === "update" && names.length > 0 ? `: ${someOf(names)}` : "";
    const text = `${step.kind} ${step.name} ${WORDS[step.operation]}${more}`;
    return [{ line: lineAbout(step, { section: "rest", rule: "other", text, properties }, context), tells: [] }];
  });
}
