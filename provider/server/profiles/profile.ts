import type { PLANS } from "../../../schema/kinds/organization.js";

import type { Dialect } from "../../../schema/systems/dialect.js";
import type { RefusalParts } from "../refusal.js";

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
  /** Property that names whose an object is, by kind: the holder may make such objects, and do everything to the own ones. */
  readonly own?: Readonly<Record<string, string>>;
  readonly readsAudit?: boolean;
  /** Lists hold what the holder's memberships reach and may be empty, where the role itself reads nothing. */
  readonly listsOwn?: boolean;
  /** The creator of a project becomes its member with this role, where the creator's own role does not reach into projects. */
  readonly projectRoleOfCreator?: string;
}

/** At least one active member with one of these roles must stay. */
export interface LastMemberGuard {
  readonly roles: readonly string[];
  readonly code: string;
}

/** The rules of one system. */
export interface Profile {
  readonly name: string;
  /** Kinds that the system has; all when absent. Others have no address. */
  readonly kinds?: readonly string[];
  /** Inputs, dotted, that the system has of a kind; all of a kind that is not here. Others are refused. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  /** How the system writes the kinds. */
  readonly dialect: Dialect;
  /** How the system writes a refusal; a problem document (RFC 9457) when absent. */
  readonly writeRefusal?: (
    refusal: RefusalParts,
    request: { readonly id: string; readonly path: string },
  ) => {
    readonly contentType: string;
    readonly body: unknown;
    /** Where the system uses another status than the refusal names. */
    readonly status?: number;
  };
  readonly organizationRoles: Readonly<Record<string, Grant>>;
  readonly projectRoles: Readonly<Record<string, Grant>>;
  readonly lastMemberGuards: readonly LastMemberGuard[];
  /** Objects of a kind that a plan allows; no entry is no limit. */
  readonly quotas: Readonly<Record<string, Partial<Record<Plan, number>>>>;
  /** Project that every organization has from the start; none when absent. */
  readonly defaultProject?: { readonly id: string; readonly name: string; readonly slug?: string };
  readonly bootstrapOwner: { readonly user: string; readonly role: string };
  readonly tokenPrefixes: { readonly key: string; readonly management: string; readonly invitation: string };
  /** Request header, in lower case, that names the project of a request. */
  readonly projectHeader: string;
  /** What that header may hold; the id or the slug when absent. */
  readonly projectHeaderTakes?: readonly ("id" | "slug")[];
  /** Share of a monthly cap below which requests are served again once it was reached. */
  readonly capReleaseShare: number;
  /** Id of a new object of a kind; `everMade` objects of all kinds were made before. */
  readonly newId: (kind: string, everMade: number) => string;
}
