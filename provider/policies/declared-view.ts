import type { Declaration, Reference, Stack } from "../stackfile/index.js";
import { type SeenObject, UNKNOWN } from "./seen.js";
import { StackView } from "./stack-view.js";

/** What a stack file declares, as the rules see it. Ids that an apply will give are unknown; where they come from is not. */
export function declaredView({ declarations, ended, controlPlanes }: Pick<Stack, "declarations" | "ended" | "controlPlanes">): StackView {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const systems = new Map(controlPlanes.map(({ name, system }) => [name, system]));
  const seen = ({ kind, name, controlPlane, inputs }: Declaration): SeenObject => ({
    kind,
    name,
    urn: name,
    system: systems.get(controlPlane) ?? "gatehouse",
    controlPlane,
    inputs: resolved(inputs, byName) as SeenObject["inputs"],
    outputs: {},
    sources: Object.fromEntries(Object.entries(inputs).map(([property, value]) => [property, referencesIn(value)])),
  });
  return new StackView(declarations.map(seen), ended.declarations.map(seen));
}

function resolved(value: unknown, byName: ReadonlyMap<string, Declaration>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, byName));
  if (typeof value !== "object" || value === null) return value;
  if (isReference(value)) return byName.get(value.$ref)?.inputs[value.by] ?? UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolved(item, byName)]));
}

function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== "object" || value === null) return [];
  return isReference(value) ? [value.$ref] : Object.values(value).flatMap(referencesIn);
}

function isReference(value: object): value is Reference {
  return "$ref" in value;
}
