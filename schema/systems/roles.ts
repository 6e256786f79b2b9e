/** What a role lets a person do. The report, the gates and the embedded control plane read the same tables. */
export const CAPABILITIES = [
  "view",
  "callModels",
  "createProjects",
  "manageKeys",
  "manageMembers",
  "configure",
  "delete",
  "billing",
] as const;

export type Capability = (typeof CAPABILITIES)[number];

export interface OrganizationRole {
  /** In the organization itself: `manageMembers` are its members, `configure` its settings, `delete` the organization's own objects. */
  readonly organization: readonly Capability[];
  /** In every project, without being its member. */
  readonly everyProject: readonly Capability[];
  /** One person has it, who made the organization: nobody is given it. */
  readonly single?: true;
  /** Role that the creator of a project has in it. */
  readonly roleOfCreator?: string;
  /** Organization roles that the holder can neither give, nor change, nor take away. */
  readonly protectedRoles?: readonly string[];
}

export interface ProjectRole {
  readonly single?: never;
  readonly capabilities: readonly Capability[];
  /** Project roles that the holder can neither give, nor change, nor take away. */
  readonly protectedRoles?: readonly string[];
}

/** The roles of one system, in the kinds' words, with the rule that says so in a comment beside each. */
export interface RoleTable {
  /** What of the organization makes an administrator; `ADMINISTRATION` when absent. */
  readonly administration?: readonly Capability[];
  readonly organization: Readonly<Record<string, OrganizationRole>>;
  readonly project: Readonly<Record<string, ProjectRole>>;
}

/** What of the organization makes an administrator: managing its members and configuring it. */
export const ADMINISTRATION = ["manageMembers", "configure"] as const satisfies readonly Capability[];

/** True when these capabilities in the organization make an administrator of it. */
export function administers({ administration = ADMINISTRATION }: RoleTable, organization: readonly Capability[]): boolean {
  return administration.every((one) => organization.includes(one));
}
