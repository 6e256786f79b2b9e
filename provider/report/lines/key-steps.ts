import { apiKey } from "../../../schema/kinds/api-key.js";
import { environmentOf } from "../../gates/environment-class.js";
import { holdingsOf } from "../../gates/holdings.js";
import type { ObjectStep } from "../../gates/index.js";
import type { Context } from "./context.js";
import type { KeyStep } from "./key-events.js";
import { isLocked, isProduction, keyHolder } from "./key-holders.js";

/** The keys that a change touches, but for those that only join or leave the stack. */
export function keySteps(context: Context): readonly KeyStep[] {
  const steps = context.changed.filter(({ kind, operation }) => kind === apiKey.name && operation !== "release");
  const predecessorOf = predecessorsIn(steps);
  return steps.map((step): KeyStep => {
    const former = step.before === undefined ? predecessorOf(step) : step;
    const holdings = holdingsOf(context.facts, step.controlPlane);
    const held = holdings.find(step.kind, former?.before?.id)?.values ?? former?.before?.inputs ?? {};
    const holder = keyHolder(context.accessAfter, step.controlPlane, step.urn);
    const formerHolder = former && keyHolder(context.accessBefore, step.controlPlane, former.urn);
    return {
      step,
      name: nameIn(step),
      former: former?.before,
      inProduction: {
        before: former !== undefined && isProduction(environmentOf(step.kind, held, holdings), formerHolder),
        after: step.after !== undefined && isProduction(step.after.environment, holder),
      },
      staysLocked: isLocked(holder),
      lastUsedAt: typeof held.lastUsedAt === "string" ? held.lastUsedAt : undefined,
    };
  });
}

/**
 * Whoever moves the declaration of a key ends one key and makes another one of its name, and means the same. Of several that end, one
 * that was locked: a lock must not be lost on the way.
 */
function predecessorsIn(steps: readonly ObjectStep[]): (step: ObjectStep) => ObjectStep | undefined {
  const ended = new Map<string, ObjectStep>();
  for (const step of steps.filter(({ operation }) => operation === "delete")) {
    const known = ended.get(keyOf(step));
    if (known?.before?.inputs.project === undefined) ended.set(keyOf(step), step);
  }
  return (step) => ended.get(keyOf(step));
}

function keyOf(step: ObjectStep): string {
  return `${step.controlPlane}\n${nameIn(step)}`;
}

function nameIn({ name, before, after }: ObjectStep): string {
  const called = (after ?? before?.inputs)?.name;
  return typeof called === "string" ? called : name;
}
