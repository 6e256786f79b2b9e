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
