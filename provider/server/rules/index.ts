import type { KindName } from "../../../schema/kinds/index.js";
import { anyintRules } from "../profiles/anyint-rules.js";
import { floopyRules } from "../profiles/floopy-rules.js";
import { olyxRules } from "../profiles/olyx-rules.js";
import type { Profile } from "../profiles/profile.js";
import { qodexRules } from "../profiles/qodex-rules.js";
import { apiKey } from "./api-key.js";
import { environmentLimit } from "./environment-limit.js";
import type { KindRules } from "./kind-rules.js";
import { model } from "./model.js";
import { organizationMember } from "./organization-member.js";
import { project } from "./project.js";
import { projectMember } from "./project-member.js";
import { providerCredential } from "./provider-credential.js";
import { role } from "./role.js";
import { routingTier } from "./routing-tier.js";

const RULES: Readonly<Partial<Record<KindName, KindRules>>> = {
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

/** Rules of the profiles' own by profile and kind, which stand in the place of the general ones hook by hook. */
const OWN: Readonly<Record<string, Readonly<Partial<Record<KindName, KindRules>>>>> = {
  floopy: floopyRules,
  olyx: olyxRules,
  anyint: anyintRules,
  qodex: qodexRules,
};

/** The rules of a kind under a profile, whose own stand before the general ones; none for a kind that has neither. */
export function rulesOf({ profile }: { readonly profile: Pick<Profile, "name"> }, kind: string): KindRules {
  return { ...(Object.hasOwn(RULES, kind) ? RULES[kind as KindName] : undefined), ...OWN[profile.name]?.[kind as KindName] };
}
