import { type KindName, kindNamed } from "../../schema/kinds/index.js";
import { UNKNOWN as MARKER } from "../../schema/unknown.js";
import type { ChangeSet, ObjectStep } from "../gates/index.js";
import { type Bag, type SeenObject, UNKNOWN } from "../policies/seen.js";
import { StackView } from "../policies/stack-view.js";
import { HIDDEN } from "./shown-values.js";

/** URNs of the objects that a property takes its value from, by property, by the URN of the object. */
export type Sources = ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;

/** What is there before a change, as the rules see it: what the stack holds, and what it takes over or removes besides. */
export function viewBefore({ objects }: ChangeSet, sources: Sources): StackView {
  return new StackView(
    objects.flatMap((step) =>
      step.before === undefined ? [] : [seen(step, step.before.inputs, step.before.outputs, step.before.id, sources)],
    ),
  );
}

/** What is there after it. What only leaves the stack stays at the control plane, and with it whatever access it gives. */
export function viewAfter({ objects }: ChangeSet, sources: Sources): StackView {
  return new StackView(
    objects.flatMap((step) => {
      const inputs = step.operation === "release" ? step.before?.inputs : step.after;
      if (inputs === undefined) return [];
      const isAnother = step.operation === "replace";
      return [seen(step, inputs, isAnother ? {} : outputsAfter(step), isAnother ? undefined : step.before?.id, sources)];
    }),
  );
}

function seen(step: ObjectStep, inputs: Bag, outputs: Bag, id: string | undefined, sources: Sources): SeenObject {
  const { kind, name, urn, system, controlPlane } = step;
  const fields = kindNamed(kind)?.fields ?? {};
  const computed = Object.entries(outputs).filter(([field]) => fields[field]?.flags.computed === true);
  return {
    kind: kind as KindName,
    name,
    urn,
    id,
    system,
    controlPlane,
    inputs: known(inputs) as SeenObject["inputs"],
    outputs: known(Object.fromEntries(computed)) as Bag,
    sources: sources.get(urn) ?? {},
  };
}

/** What the control plane will tell anew is left out: a renewed secret gives access again, and so does a membership whose end moved. */
function outputsAfter({ kind, before, properties }: ObjectStep): Bag {
  const { fields = {}, custody } = kindNamed(kind) ?? {};
  const changed = new Set(properties.map(({ property }) => property.split(".")[0]));
  const inputsOf = (output: string) => [
    ...(fields[output]?.flags.computedFrom ?? []),
    ...(custody?.statusField === output ? [custody.renewedBy] : []),
  ];
  const outputs = Object.entries(before?.outputs ?? {});
  return Object.fromEntries(outputs.filter(([name]) => !inputsOf(name).some((input) => changed.has(input))));
}

/** What only an apply will know, and what is secret, is one and the same to the rules: they cannot read it. */
function known(value: unknown): unknown {
  if (value === MARKER || value === HIDDEN) return UNKNOWN;
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, known(item)]));
}
