import type { Kind } from "../../schema/kind.js";
import type { Authenticate, Client } from "../http/client.js";

/** An object as a control plane holds it, in the canonical words and units of its kind. */
export interface Remote {
  /** Id at the control plane, unique among its siblings. */
  readonly id: string;
  /** Id of the owner for kinds that are listed below one. */
  readonly owner: string | undefined;
  readonly values: Readonly<Record<string, unknown>>;
  /** There before anybody declared it: adopted by default, released on destroy, never unmanaged. */
  readonly builtIn: boolean;
  /** When it was made, ISO 8601. Absent where the system does not say. */
  readonly createdAt?: string | undefined;
}

/** What a creation or a renewal answers besides the object: secrets that are shown this once. */
export interface Revealed {
  readonly remote: Remote;
  readonly secrets: Readonly<Record<string, string>>;
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

/** How the kinds map onto one system. */
export interface Adapter {
  readonly system: string;
  readonly authenticate: (client: { settings: Client["settings"] }) => Authenticate;
  identify(client: Client): Promise<Identity>;
  /** The way to objects of a kind, or the reason why the system has none. */
  objects(client: Client, kind: Kind): ObjectApi | { readonly unsupported: string };
}
