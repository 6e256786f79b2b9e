import type { KindName } from "../../../schema/kinds/index.js";
import { apiKey } from "./api-key.js";
import { environmentLimit } from "./environment-limit.js";
import type { KindRules } from "./kind-rules.js";
import { model } from "./model.js";
import { organizationMember } from "./organization-member.js";
import { project } from "./project.js";
import { projectMember } from "./project-member.js";
import { routingTier } from "./routing-tier.js";

const RULES: Readonly<Partial<Record<KindName, KindRules>>> = {
  OrganizationMember: organizationMember,
  EnvironmentLimit: environmentLimit,
  Project: project,
  ProjectMember: projectMember,
  Model: model,
  RoutingTier: routingTier,
  ApiKey: apiKey,
};

/** The rules of a kind; none for a kind that has no file here. */
export function rulesOf(kind: string): KindRules {
  return (Object.hasOwn(RULES, kind) ? RULES[kind as KindName] : undefined) ?? {};
}
