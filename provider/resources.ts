/** The Pulumi classes of the kinds: two lines each, everything else is derived. */
import { KINDS } from "../schema/kinds/index.js";
import { resourceClass } from "./resource-class.js";

export const Governance = resourceClass(KINDS.Governance);
export type Governance = InstanceType<typeof Governance>;

export const Organization = resourceClass(KINDS.Organization);
export type Organization = InstanceType<typeof Organization>;

export const OrganizationMember = resourceClass(KINDS.OrganizationMember);
export type OrganizationMember = InstanceType<typeof OrganizationMember>;

export const EnvironmentLimit = resourceClass(KINDS.EnvironmentLimit);
export type EnvironmentLimit = InstanceType<typeof EnvironmentLimit>;

export const Project = resourceClass(KINDS.Project);
export type Project = InstanceType<typeof Project>;

export const ProjectMember = resourceClass(KINDS.ProjectMember);
export type ProjectMember = InstanceType<typeof ProjectMember>;

export const Model = resourceClass(KINDS.Model);
export type Model = InstanceType<typeof Model>;

export const RoutingTier = resourceClass(KINDS.RoutingTier);
export type RoutingTier = InstanceType<typeof RoutingTier>;

export const ApiKey = resourceClass(KINDS.ApiKey);
export type ApiKey = InstanceType<typeof ApiKey>;

export const SecurityPolicy = resourceClass(KINDS.SecurityPolicy);
export type SecurityPolicy = InstanceType<typeof SecurityPolicy>;

export const Role = resourceClass(KINDS.Role);
export type Role = InstanceType<typeof Role>;

export const ProviderCredential = resourceClass(KINDS.ProviderCredential);
export type ProviderCredential = InstanceType<typeof ProviderCredential>;

export const Environment = resourceClass(KINDS.Environment);
export type Environment = InstanceType<typeof Environment>;

export const RoutingPolicy = resourceClass(KINDS.RoutingPolicy);
export type RoutingPolicy = InstanceType<typeof RoutingPolicy>;

export const Budget = resourceClass(KINDS.Budget);
export type Budget = InstanceType<typeof Budget>;

export const Alert = resourceClass(KINDS.Alert);
export type Alert = InstanceType<typeof Alert>;
