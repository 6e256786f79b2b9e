import { items, member } from "./member.js";
import type { SeenObject } from "./seen.js";

/** Identifiers of models that a property holds. Unknown ones are left out. */
interface Names {
  readonly property: string;
  readonly names: readonly string[];
}

/** Settings of routing policies that hold identifiers, at any depth. */
const SETTINGS = ["routingModelId", "fallbackModelIds", "candidate_models"];

/** Everything by which a tier, a routing policy or a key names models. */
export function modelReferences({ inputs }: SeenObject): readonly Names[] {
  const at = (...path: string[]): Names => ({ property: path.join("."), names: texts(member(inputs, ...path)) });
  const each = (property: string): Names => ({
    property,
    names: items(member(inputs, property)).flatMap((entry) => texts(member(entry, "model"))),
  });
  const policies: Names = {
    property: "policies",
    names: items(member(inputs, "policies")).flatMap((policy) => namesInSettings(member(policy, "config"))),
  };
  return [
    at("model"),
    at("fallbacks"),
    at("shadows"),
    at("models", "allowed"),
    at("models", "blocked"),
    each("models"),
    each("limits"),
    policies,
  ];
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}

function namesInSettings(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (SETTINGS.includes(name) ? texts(inner) : namesInSettings(inner)));
}
