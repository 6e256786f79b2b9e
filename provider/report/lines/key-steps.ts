import { apiKey } from "../../../schema/kinds/api-key.js";
import { environmentOf } from "../../gates/environment-class.js";
import { holdingsOf } from "../../gates/holdings.js";
import type { Context } from "./context.js";
import type { KeyStep } from "./key-events.js";
import { isLocked, isProduction, keyHolders } from "./key-holders.js";

/** The keys that a change touches, but for those that only join or leave the stack. */
export function keySteps(context: Context): readonly KeyStep[] {
  const [before, after] = [keyHolders(context.accessBefore), keyHolders(context.accessAfter)];
  return context.changed
    .filter(({ kind, operation }) => kind === apiKey.name && operation !== "release")
    .map((step): KeyStep => {
      const holdings = holdingsOf(context.facts, step.controlPlane);
      const held = holdings.find(step.kind, step.before?.id)?.values ?? step.before?.inputs ?? {};
      const nameIn = (inputs: Readonly<Record<string, unknown>> | undefined) =>
        typeof inputs?.name === "string" ? inputs.name : step.name;
      const holders = after(step.controlPlane, nameIn(step.after));
      const former = environmentOf(step.kind, held, holdings);
      return {
        step,
        name: nameIn(step.after ?? step.before?.inputs),
        inProduction: {
          before: step.before !== undefined && isProduction(former, before(step.controlPlane, nameIn(step.before.inputs))),
          after: step.after !== undefined && isProduction(step.after.environment, holders),
        },
        staysLocked: isLocked(holders),
        lastUsedAt: typeof held.lastUsedAt === "string" ? held.lastUsedAt : undefined,
      };
    });
}
