import type { CapabilitySet } from "./capability-set.js";
import type { Limit } from "./limit.js";

/** Who has access. */
export interface Subject {
  /** `everyKey` stands for all keys of a place, where a ceiling that they share changes. */
  readonly type: "person" | "key" | "everyKey";
  /** E-mail address in lower case, or the key's name. */
  readonly name: string;
}

/** One way by which a subject got capabilities. */
export interface Grant {
  /** `organization role admin`, `member of checkout as editor`, `hard lock`. */
  readonly via: string;
  readonly gives: CapabilitySet;
}

/** A project, as far as access to it depends on it. */
export interface ProjectPlace {
  /** Its slug; its name where it has none. */
  readonly name: string;
  readonly urn: string;
  /** Id at the control plane, once it has one. */
  readonly id: string | undefined;
  /** Other names that a person may know it by: its display name, its path in the stack file. */
  readonly aliases: readonly string[];
  /** Environment class; undefined when it says none, `unknown` when only an apply will know. */
  readonly environment: string | undefined;
  /** An archived project is for viewing only. */
  readonly archived: "yes" | "no" | "maybe";
  /** What binds, and what reaches, every key in it. */
  readonly limits: readonly Limit[];
}

/** Everything one subject is given on one control plane. */
export interface Holder {
  readonly subject: Subject;
  /** Of a key, which keeps it under another name. Undefined for people, whom their address tells apart. */
  readonly urn: string | undefined;
  /** Person who answers for a key. */
  readonly owner: string | undefined;
  /** Environment class of a key; undefined when nothing says one, and for people. `unknown` when only an apply will know. */
  readonly environment: string | undefined;
  /** In the organization itself. */
  readonly organization: readonly Grant[];
  /** In every project, declared or not. */
  readonly everyProject: readonly Grant[];
  /** In single projects, by name. */
  readonly projects: ReadonlyMap<string, readonly Grant[]>;
  /** The subject's own limits, which bind it wherever it has access. */
  readonly limits: readonly Limit[];
}

/** Access to one control plane. */
export interface PlaneAccess {
  readonly name: string;
  readonly system: string;
  readonly projects: ReadonlyMap<string, ProjectPlace>;
  /** What binds all keys together. */
  readonly limits: readonly Limit[];
  /** What binds all keys of an environment class, by class. */
  readonly environments: ReadonlyMap<string, readonly Limit[]>;
  /** By `idOf`. */
  readonly holders: ReadonlyMap<string, Holder>;
}

/**
 * Who can do what, all roles and bindings together. What a subject has in every project is kept once and not for each project, so
 * that the size grows with the declaration.
 */
export interface Access {
  readonly planes: ReadonlyMap<string, PlaneAccess>;
}

/** What tells a holder from all others, before a change and after it. */
export function idOf({ subject: { type, name }, urn }: Pick<Holder, "subject" | "urn">): string {
  return `${type}\n${urn ?? name}`;
}
