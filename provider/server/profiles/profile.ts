import type { PLANS } from "../../../schema/kinds/organization.js";

export type Plan = (typeof PLANS)[number];

/** What can be done to an object. Actions beyond these (`rotate`) count as `update`. */
export type Verb = "read" | "create" | "update" | "delete";

/** Names of kinds, or all of them. */
export type KindSet = "*" | readonly string[];

/** What a role may do. What is not named is refused. */
export interface Grant extends Readonly<Partial<Record<Verb, KindSet>>> {
  /** Properties, dotted, that the role may change of a kind that it may update: only these, or all but these. */
  readonly properties?: Readonly<Record<string, { readonly only?: readonly string[]; readonly except?: readonly string[] }>>;
  /** Roles that the holder can neither give, nor change, nor take away, by the kind that carries them. */
  readonly protectedRoles?: Readonly<Record<string, readonly string[]>>;
  readonly readsAudit?: boolean;
  /** The creator of a project becomes its member with this role, where the creator's own role does not reach into projects. */
  readonly projectRoleOfCreator?: string;
}

/** At least one active member with one of these roles must stay. */
export interface LastMemberGuard {
  readonly roles: readonly string[];
  readonly code: string;
}

/** The rules of one system, as far as they are data. */
export interface Profile {
  readonly name: string;
  readonly organizationRoles: Readonly<Record<string, Grant>>;
  readonly projectRoles: Readonly<Record<string, Grant>>;
  readonly lastMemberGuards: readonly LastMemberGuard[];
  /** Objects of a kind that a plan allows; no entry is no limit. */
  readonly quotas: Readonly<Record<string, Partial<Record<Plan, number>>>>;
  readonly defaultProject: { readonly id: string; readonly name: string; readonly slug: string };
  readonly bootstrapOwner: { readonly user: string; readonly role: string };
  readonly tokenPrefixes: { readonly key: string; readonly management: string; readonly invitation: string };
  /** Request header, in lower case, that names the project of a request. */
  readonly projectHeader: string;
  /** Share of a monthly cap below which requests are served again once it was reached. */
  readonly capReleaseShare: number;
  readonly newId: () => string;
}
