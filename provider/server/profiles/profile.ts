/**
 * What a system's profile, the rules of its kinds, its routes and the requests that run under it are to one another. They refer to
 * each other all around, and so stand together.
 */
import type { FastifyInstance } from "fastify";
import type { Problem } from "../../../schema/kind.js";
import type { KindName } from "../../../schema/kinds/index.js";
import type { PLANS } from "../../../schema/kinds/organization.js";
import type { Dialect } from "../../../schema/systems/dialect.js";
import type { RefusalParts } from "../refusal.js";
import type { StoredObject, Values } from "../store/objects.js";
import type { Store } from "../store/store.js";
import type { Grant, LastMemberGuard, Verb } from "./grant.js";

export type Plan = (typeof PLANS)[number];

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
  /** Rules of its kinds, which stand in the place of the general ones hook by hook. */
  readonly rules?: RulesByKind;
  /** Routes that it has besides the general ones. */
  readonly routes?: readonly Routes[];
  /** The whole HTTP side, where paths and bodies are the system's own altogether. */
  readonly buildApp?: BuildApp;
  /** How the first person comes to a system with logins; where a bootstrap token does it, absent. */
  readonly makeFirstLogin?: MakeFirstLogin;
  /** Id of a new object of a kind; `everMade` objects of all kinds were made before. */
  readonly newId: (kind: string, everMade: number) => string;
}

/** The member on whose behalf a request runs. */
export interface Actor {
  readonly memberId: string;
  /** E-mail address. */
  readonly user: string;
  readonly role: string;
}

/** Everything a rule may look at while one request runs. */
export interface Context {
  readonly store: Store;
  readonly profile: Profile;
  readonly actor: Actor;
  readonly now: Date;
}

/** What every route works with. */
export interface Service {
  readonly store: Store;
  readonly profile: Profile;
  readonly now: () => Date;
  /** Overlapping writes lose data, on profiles whose system does so. */
  readonly lostWrites?: boolean;
}

type Routes = (app: FastifyInstance, service: Service) => void;

/** `log` gets a line for each answer and each defect; never a body, a header or a query. */
type BuildApp = (service: Service, log: (line: string) => void) => Promise<FastifyInstance>;

/** Makes the first person of a data file, who logs in with this e-mail address and password. */
type MakeFirstLogin = (store: Store, email: string, password: string) => void;

export type RulesByKind = Readonly<Partial<Record<KindName, KindRules>>>;

/** An object that is about to be made. */
export type Draft = StoredObject;

/** What an action answers: the object, and properties that are shown this once. */
export interface ActionResult {
  readonly status: number;
  /** Replaces the presented object where the action is about something else. */
  readonly body?: Values;
  readonly object: StoredObject;
  readonly revealed?: Values;
}

/** A verb of a kind beyond create, read, update and delete: `POST {path}/{id}/{action}`. */
export interface Action {
  readonly run: (context: Context, object: StoredObject) => ActionResult;
  /** Possible for an object of an archived project as well, because it only takes access away. */
  readonly worksInArchive?: boolean;
}

/**
 * What distinguishes a kind from any other at the control plane. Every part may be absent: the object is then stored as it is.
 * All hooks run inside the transaction of the write; what they throw undoes it.
 */
export interface KindRules {
  /** Verbs that the collection has; all when absent. The others have no address. */
  readonly offers?: readonly Verb[];
  /** True for an object that is kept for history only: its name is free for another one. */
  readonly isHistory?: (object: StoredObject) => boolean;
  /** True for an object that no list shows; who knows its id still reads it. */
  readonly isHidden?: (object: StoredObject) => boolean;
  /** Id of a new object, where it is not made up. */
  readonly idOf?: (body: Values) => string;
  /** Project that the object belongs to: decides on project roles and on the archive. Derived from its references when absent. */
  readonly projectOf?: (object: StoredObject) => string | undefined;
  /** Reference field within whose value its key is unique, where the kind's own is another. */
  readonly keyScope?: string;
  /** Key fields compared without regard to case, besides those flagged so. */
  readonly ignoreCase?: readonly string[];
  /** Code of the refusal of a reference to an object of this kind that does not exist. Default `unknown_reference`. */
  readonly unknownCode?: string;
  /** Code of the refusal to delete an object of this kind that another one needs. Default `conflict`. */
  readonly inUseCode?: string;
  /** Throws when no new reference to this object may be made. */
  readonly beforeReference?: (target: StoredObject) => void;
  /** What the kind's own rules do not know, of the object as it would be. */
  readonly check?: (context: Context, after: Values, before: Values | undefined) => readonly Problem[];
  /** Gives the object as it is to be stored: defaults and derived values filled in. */
  readonly beforeCreate?: (context: Context, draft: Draft) => Draft;
  /** Makes the secret of a new object: the object with what is kept of it, and what is shown this once. */
  readonly issueSecret?: (context: Context, draft: Draft) => { object: Draft; revealed: Values };
  readonly afterCreate?: (context: Context, object: StoredObject) => void;
  readonly beforeUpdate?: (context: Context, before: StoredObject, after: StoredObject) => void;
  readonly beforeDelete?: (context: Context, object: StoredObject) => void;
  /** Ends the object in another way than by removing it. */
  readonly endInstead?: (context: Context, object: StoredObject) => void;
  readonly afterDelete?: (context: Context, object: StoredObject) => void;
  /** Properties that are computed whenever the object is shown. */
  readonly present?: (context: Context, object: StoredObject) => Values;
  readonly actions?: Readonly<Record<string, Action>>;
}
