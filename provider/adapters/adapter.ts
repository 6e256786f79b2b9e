import type { Kind, Problem } from "../../schema/kind.js";
import type { KindName } from "../../schema/kinds/index.js";
import type { Dialect } from "../../schema/systems/dialect.js";
import type { RoleTable } from "../../schema/systems/roles.js";
import type { Authenticate, Client, ClientTraits } from "../http/client.js";
import type { Evidence, Page } from "./evidence.js";

/** An object as a control plane holds it, in the canonical words and units of its kind. */
export interface Remote {
  /** Id at the control plane, unique among its siblings. */
  readonly id: string;
  /** Id of the owner for kinds that are listed below one. */
  readonly owner: string | undefined;
  readonly values: Readonly<Record<string, unknown>>;
  /** There before anybody declared it: adopted by default, released on destroy, never unmanaged. */
  readonly builtIn: boolean;
  /** Secrets that it is seen to have, by their dotted names; never their values. Absent where the system shows nothing of them. */
  readonly hasSecrets?: readonly string[] | undefined;
  /** When it was made, ISO 8601. Absent where the system does not say. */
  readonly createdAt?: string | undefined;
}

/** What a creation or a renewal answers besides the object: secrets that are shown this once. */
export interface Revealed {
  readonly remote: Remote;
  readonly secrets: Readonly<Record<string, string>>;
  /** Why not all of it is set yet, where a system needs several calls: the object is recorded, and the error told. */
  readonly unfinished?: unknown;
}

/** How objects of one kind are reached in one system. Errors are those of `errors.ts`. */
export interface ObjectApi {
  /** All objects of the kind, or all below one owner. One request a page. */
  list(owner: string | undefined): Promise<readonly Remote[]>;
  /** One object as it is now. Throws NotFound when it is gone. */
  fetch(owner: string | undefined, id: string): Promise<Remote>;
  /** Throws AlreadyExists when an object of that natural key is there. */
  create(owner: string | undefined, values: Readonly<Record<string, unknown>>): Promise<Revealed>;
  /** Changes the given fields; null clears one. */
  update(owner: string | undefined, id: string, changes: Readonly<Record<string, unknown>>): Promise<void>;
  /** Throws NotFound when it is gone already. */
  remove(owner: string | undefined, id: string): Promise<void>;
  /** Replaces the secret of an object, for kinds that have one. */
  renewSecret(owner: string | undefined, id: string): Promise<Revealed>;
}

/** Who answers at the address of a control plane. */
export interface Identity {
  readonly organizationId: string;
  readonly organizationName: string;
  /** E-mail of the member that the credential belongs to, where the system says. */
  readonly actor: string | undefined;
}

/** How a system writes ids. `keyId`: the middle of Olyx's `ak_<id>.<secret>`; `pol`: Qodex's `pol_…`. */
export type IdForm = "uuid" | "numeric" | "slug" | "keyId" | "pol";

/** What a system has of a kind, and why we believe so. */
export interface KindSupport {
  /** One entry, or an assumed API beside the page of the dashboard. */
  readonly evidence: Evidence | readonly Evidence[];
  /** Fields that the system has, dotted for members of objects (`contacts.billing`); a name covers all its members. Default: all. */
  readonly has?: readonly string[];
  /** Fields that it has no place for and that are kept in the state alone. */
  readonly local?: readonly string[];
  /** Fields that it cannot change in place, besides those that nobody can. */
  readonly fixed?: readonly string[];
  /** What to use instead of a field that it lacks; completes "<system> has no <field>: …". */
  readonly instead?: Readonly<Record<string, string>>;
  /** The only values of a field that it knows, such as role names. */
  readonly values?: Readonly<Record<string, readonly unknown[]>>;
  /** How ids of its objects are written, for ids that a person types; any text without spaces when absent. */
  readonly idForm?: IdForm;
  /** The id of an object that has no other than this, by what is declared of it: nobody needs to look it up. */
  readonly knownId?: (inputs: Readonly<Record<string, unknown>>) => string | undefined;
  /** How its secrets begin, so that one that is typed for an id is refused before it is written down. */
  readonly secretPrefixes?: readonly string[];
  /**
   * For a kind with documented and assumed calls: those assumed ones that an object with these inputs needs in its life, in words
   * that complete "no documented call …". Given nothing, those that every object needs. Absent: its documented calls are enough.
   */
  readonly assumedCalls?: (inputs: Readonly<Record<string, unknown>>) => readonly string[];
  /**
   * Values that a field does not leave again by any way that is documented, by the field, each with what to do instead: completes
   * "<system> documents no way back from <value> to <other>: …".
   */
  readonly final?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Its objects are archived where others are deleted: nothing of them is lost, and what belongs to them stays. */
  readonly archivedInsteadOfRemoved?: true;
  /** Values that stand where nothing is declared, so that a change of them is noticed. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Fields without which it makes no object, though other systems do, with what to write. Not asked of what is taken over (`adopt`). */
  readonly needs?: Readonly<Record<string, string>>;
  /** Reference field within whose value its key is unique, where the kind's own is another. */
  readonly keyScope?: string;
  /** The inputs in the one form in which it shows them again: what it fills in inside of lists. Unknown values must pass through. */
  readonly normalise?: (inputs: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** The page of objects with these values, where it is not the one that the evidence names. */
  readonly pageFor?: (values: Readonly<Record<string, unknown>>) => Page | undefined;
  /** What a person must know who sets these values at the dashboard, a sentence each. */
  readonly notes?: (values: Readonly<Record<string, unknown>>) => readonly string[];
  /** What else can be told without the network. Only called with known values. */
  readonly rules?: (inputs: Readonly<Record<string, unknown>>) => readonly Problem[];
}

/** How a change reaches a control plane. */
export type Transport = "api" | "dashboard" | "rehearsal";

/** How the kinds map onto one system. */
export interface Adapter extends ClientTraits {
  readonly system: string;
  /** The product's name as its vendor writes it. */
  readonly title: string;
  /** A kind that is not here is refused as unknown. */
  readonly kinds: Readonly<Partial<Record<KindName, KindSupport>>>;
  readonly roles: RoleTable;
  /** True where what a system does by environment class, such as caps and traces, it does by project: each stands for one class. */
  readonly projectIsEnvironment?: boolean;
  /** Its words and units, in which a person is told what to do at its dashboard. */
  readonly dialect: Dialect;
  /** Transport where a stack names none. */
  readonly defaultTransport: Transport;
  /** Names of the credentials that it takes; one called `token` when absent. */
  readonly credentials?: readonly string[];
  readonly authenticate: (client: { settings: Client["settings"] }) => Authenticate;
  identify(client: Client): Promise<Identity>;
  /** The way to objects of a kind over HTTP. */
  objects(client: Client, kind: Kind): ObjectApi;
}
