import type { Problem } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import type { Verb } from "../profiles/profile.js";
import type { StoredObject, Values } from "../store/objects.js";

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
