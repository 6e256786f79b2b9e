import type { Kind } from "../kind.js";
import { apiKey } from "./api-key.js";
import { environmentLimit } from "./environment-limit.js";
import { model } from "./model.js";
import { organization } from "./organization.js";
import { organizationMember } from "./organization-member.js";
import { project } from "./project.js";
import { projectMember } from "./project-member.js";
import { routingTier } from "./routing-tier.js";

/** Every kind there is. Adding one: its file, one line here, one in provider/resources.ts. */
export const KINDS = {
  Organization: organization,
  OrganizationMember: organizationMember,
  EnvironmentLimit: environmentLimit,
  Project: project,
  ProjectMember: projectMember,
  Model: model,
  RoutingTier: routingTier,
  ApiKey: apiKey,
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

/** The kind of this name, or undefined. */
export function kindNamed(name: string): Kind | undefined {
  return Object.hasOwn(KINDS, name) ? KINDS[name as KindName] : undefined;
}

export const KIND_LIST: readonly Kind[] = Object.values(KINDS);
