import { type PolicyResource, type ResourceValidationArgs, UnknownValueError } from "@pulumi/policy";
import { idField } from "../../schema/kind.js";
import { type KindName, kindNamed } from "../../schema/kinds/index.js";
import { kindOfToken } from "../provider-string.js";
import { type Bag, type SeenObject, UNKNOWN } from "./seen.js";
import { StackView } from "./stack-view.js";

/** Name of the control plane of a resource without an explicit one. */
const DEFAULT_PLANE = "main";

/** One resource as a rule sees it; undefined for the resources of others, and for those that Gatehouse registers for itself. */
export function seenResource(args: Pick<ResourceValidationArgs, "type" | "urn" | "name" | "props" | "provider">): SeenObject | undefined {
  const kind = kindNamed(kindOfToken(args.type) ?? "");
  if (kind === undefined) return undefined;
  const all = plain(args.props) as Bag;
  // The engine tells what a run leaves out without any of its inputs: nothing can be said of it here.
  if (Object.keys(all).length === 0) return undefined;
  const isInput = (name: string) => kind.fields[name]?.flags.computed !== true;
  const provider = (args.provider === undefined ? {} : plain(args.provider.props)) as Bag;
  const system = provider["gatehouse:system"];
  const id = all[idField(kind) ?? ""];
  return {
    kind: kind.name as KindName,
    name: args.name,
    urn: args.urn,
    ...(typeof id === "string" ? { id } : {}),
    system: typeof system === "string" ? system : "gatehouse",
    controlPlane: args.provider === undefined || args.provider.name.startsWith("default") ? DEFAULT_PLANE : args.provider.name,
    inputs: Object.fromEntries(Object.entries(all).filter(([name]) => isInput(name))) as SeenObject["inputs"],
    outputs: Object.fromEntries(Object.entries(all).filter(([name]) => !isInput(name))),
    sources: {},
  };
}

/** Everything in a stack as the rules see it. */
export function seenStack(resources: readonly PolicyResource[]): StackView {
  return new StackView(
    resources.flatMap((resource) => {
      const object = seenResource(resource);
      if (object === undefined) return [];
      const sources = Object.entries(resource.propertyDependencies).map(([name, from]) => [name, from.map(({ urn }) => urn)]);
      return [{ ...object, sources: Object.fromEntries(sources) }];
    }),
  );
}

/**
 * A deep copy in which `UNKNOWN` stands for what only an apply will know: reading an unknown property throws, and would end the whole
 * rule. Absent properties and the engine's own are left out.
 */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => plainAt(value, String(index)));
  if (typeof value !== "object" || value === null) return value;
  const names = Object.keys(value).filter((name) => !name.startsWith("__"));
  return Object.fromEntries(
    names.flatMap((name) => {
      const copy = plainAt(value, name);
      return copy === undefined || copy === null ? [] : [[name, copy]];
    }),
  );
}

function plainAt(holder: object, name: string): unknown {
  try {
    return plain((holder as Record<string, unknown>)[name]);
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}
