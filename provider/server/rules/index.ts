import type { KindName } from "../../../schema/kinds/index.js";
import type { Profile } from "../profiles/profile.js";
import { apiKey } from "./api-key.js";
import { environmentLimit } from "./environment-limit.js";
import type { KindRules, RulesByKind } from "./kind-rules.js";
import { model } from "./model.js";
import { organizationMember } from "./organization-member.js";
import { project } from "./project.js";
import { projectMember } from "./project-member.js";
import { providerCredential } from "./provider-credential.js";
import { role } from "./role.js";
import { routingTier } from "./routing-tier.js";

const RULES: RulesByKind = {
  OrganizationMember: organizationMember,
  EnvironmentLimit: environmentLimit,
  Project: project,
  ProjectMember: projectMember,
  Model: model,
  Role: role,
  ProviderCredential: providerCredential,
  RoutingTier: routingTier,
  ApiKey: apiKey,
};

/** The rules of a kind under a profile, whose own stand before the general ones; none for a kind that has neither. */
export function rulesOf({ profile }: { readonly profile: Pick<Profile, "rules"> }, kind: string): KindRules {
  return { ...(Object.hasOwn(RULES, kind) ? RULES[kind as KindName] : undefined), ...profile.rules?.[kind as KindName] };
}
