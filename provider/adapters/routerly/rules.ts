import type { Problem } from "../../../schema/kind.js";
import { ROLES } from "../../../schema/systems/routerly.js";
import { limitRules, overrideRules } from "./limit-rules.js";
import { USUAL_ENDPOINTS } from "./models.js";

type Values = Readonly<Record<string, unknown>>;

const BUILT_IN_ROLES = Object.keys(ROLES.organization);
/** Roles of other systems, which Routerly stores and which then give nothing. */
const FOREIGN_ROLES = ["owner", "manager", "member", "finance"];

export function memberRoleRules(role: unknown): readonly Problem[] {
  if (!FOREIGN_ROLES.includes(String(role))) return [];
  return [
    {
      property: "role",
      reason: `Routerly has no role ${String(role)}: it has ${BUILT_IN_ROLES.join(", ")}, and those declared under roles`,
    },
  ];
}

export function roleNameRules(name: unknown): readonly Problem[] {
  const text = String(name);
  if (name !== undefined && BUILT_IN_ROLES.includes(text)) {
    return [{ property: "name", reason: `${text} is built into Routerly, which changes it for nobody: choose another name` }];
  }
  if (FOREIGN_ROLES.includes(text)) {
    return [{ property: "name", reason: `${text} is a built-in role of other systems and none of Routerly's: choose another name` }];
  }
  return idRules("name", name);
}

export function projectRules(name: unknown): readonly Problem[] {
  if (typeof name !== "string" || name.trim() === name) return [];
  return [{ property: "name", reason: "begins or ends with a space, which Routerly takes away: write it without" }];
}

/** Ids that make a path of their own cannot be reached, and so not be changed or removed. */
function idRules(property: string, id: unknown): readonly Problem[] {
  if (id === "." || id === "..") return [{ property, reason: "is a step of a path, so that the object could never be removed" }];
  return typeof id === "string" && id.trim() !== id ? [{ property, reason: "begins or ends with a space: write it without" }] : [];
}

export function modelRules({ identifier, provider, endpoint, limits }: Values): readonly Problem[] {
  const known = [...Object.keys(USUAL_ENDPOINTS), "custom"];
  const problems = [...idRules("identifier", identifier), ...limitRules("limits", limits)];
  if (provider !== undefined && !known.includes(String(provider))) {
    problems.push({
      property: "provider",
      reason: `is one that Routerly has no adapter for, so that every call fails: use ${known.join(", ")}; custom with an endpoint speaks to any API of OpenAI's form`,
    });
  }
  return problems.concat(
    provider === "custom" && endpoint === undefined
      ? [{ property: "endpoint", reason: "is missing: a custom provider has no usual one" }]
      : [],
  );
}

export function keyRules({ name, labels, limits }: Values, nameLabel: string): readonly Problem[] {
  const own = Array.isArray(labels) ? labels.filter((label) => String(label).startsWith(nameLabel)) : [];
  const problems = [
    ...own.map((label) => ({ property: "labels", reason: `${String(label)} begins with ${nameLabel}, which marks the key's own name` })),
    ...overrideRules(limits),
  ];
  return typeof name === "string" && name.trim() !== name
    ? [...problems, { property: "name", reason: "begins or ends with a space: write it without" }]
    : problems;
}
