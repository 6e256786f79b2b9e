import type { Kind } from "../kind.js";
import { alert } from "./alert.js";
import { apiKey } from "./api-key.js";
import { budget } from "./budget.js";
import { environment } from "./environment.js";
import { environmentLimit } from "./environment-limit.js";
import { governance } from "./governance.js";
import { model } from "./model.js";
import { organization } from "./organization.js";
import { organizationMember } from "./organization-member.js";
import { project } from "./project.js";
import { projectMember } from "./project-member.js";
import { providerCredential } from "./provider-credential.js";
import { role } from "./role.js";
import { routingPolicy } from "./routing-policy.js";
import { routingTier } from "./routing-tier.js";
import { securityPolicy } from "./security-policy.js";

/** Every kind there is. Adding one: its file, one line here, one in provider/resources.ts. */
export const KINDS = {
  Governance: governance,
  Organization: organization,
  SecurityPolicy: securityPolicy,
  Role: role,
  OrganizationMember: organizationMember,
  EnvironmentLimit: environmentLimit,
  ProviderCredential: providerCredential,
  Project: project,
  ProjectMember: projectMember,
  Environment: environment,
  Model: model,
  RoutingTier: routingTier,
  RoutingPolicy: routingPolicy,
  ApiKey: apiKey,
  Budget: budget,
  Alert: alert,
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

/** The kind of this name, or undefined. */
export function kindNamed(name: string): Kind | undefined {
  return Object.hasOwn(KINDS, name) ? KINDS[name as KindName] : undefined;
}

export const KIND_LIST: readonly Kind[] = Object.values(KINDS);

/** The kinds that control planes know. */
export const REMOTE_KINDS: readonly Kind[] = KIND_LIST.filter(({ local }) => !local);
