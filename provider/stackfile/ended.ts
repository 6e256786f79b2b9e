import { endOf } from "../../schema/ends.js";
import { KINDS } from "../../schema/kinds/index.js";
import { isInForce } from "./collections.js";
import type { Declaration, EndedDeclaration, Reference, RuleByName, Stack } from "./model.js";

/**
 * The stack without what is over today (`2026-12-08`): it is declared no more, so that the engine ends it, and is told under `ended`. What
 * others refer to it by stands in their inputs as a plain value: a key keeps the owner who has left.
 */
export function withoutEnded(stack: Stack, today: string): Stack {
  const ended = endedAmong(stack.declarations, today);
  const isOver = (rule: RuleByName) => !isInForce(rule, today);
  if (ended.length === 0 && !stack.ignore.some(isOver)) return stack;
  const byName = new Map(ended.map((declaration) => [declaration.name, declaration]));
  return {
    ...stack,
    declarations: stack.declarations
      .filter(({ name }) => !byName.has(name))
      .map((declaration) => ({ ...declaration, inputs: withoutReferences(declaration.inputs, byName) as Declaration["inputs"] })),
    ended: { declarations: ended, ignore: stack.ignore.filter(isOver) },
  };
}

/** What is over by its own day, and what is named after such a thing: the membership of a project ends with that of the organization. */
function endedAmong(declarations: readonly Declaration[], today: string): readonly EndedDeclaration[] {
  const ended = new Map<string, EndedDeclaration>();
  for (const declaration of declarations) {
    const { kind, inputs } = declaration;
    const named = KINDS[kind].key.map((field) => inputs[field]).filter(isReference);
    const days = [endOf(KINDS[kind], inputs), ...named.map(({ $ref }) => ended.get($ref)?.endedOn)];
    const [endedOn] = days.filter((day) => day !== undefined && day <= today).toSorted();
    if (endedOn !== undefined) ended.set(declaration.name, { ...declaration, endedOn });
  }
  return [...ended.values()];
}

function withoutReferences(value: unknown, ended: ReadonlyMap<string, Declaration>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutReferences(item, ended));
  if (typeof value !== "object" || value === null) return value;
  if (isReference(value)) return ended.has(value.$ref) ? ended.get(value.$ref)?.inputs[value.by] : value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutReferences(item, ended)]));
}

function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && "$ref" in value;
}
