import type { Kind } from "../../schema/kind.js";
import type { Remote } from "../adapters/adapter.js";
import type { Stack } from "../stackfile/index.js";

/** An object as it is at a control plane now. */
export interface ListedObject {
  readonly kind: Kind;
  readonly remote: Remote;
  /** Id as the state holds it. */
  readonly id: string;
}

/** An object that the stack has, or is going to have. */
export interface StackObject {
  readonly kind: string;
  /** Logical name. */
  readonly name: string;
  /** Ids, as the state holds them, of all that it stands for. */
  readonly ids: readonly string[];
}

/** An object that is declared and not in the state yet. */
export interface NewObject {
  readonly kind: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What is at one control plane, and what the stack knows of it. */
export interface PlaneQuestion {
  readonly name: string;
  readonly system: string;
  readonly objects: readonly ListedObject[];
  readonly held: readonly StackObject[];
  readonly declared: readonly NewObject[];
  /** Ids of undeclared objects, by kind, that the plan removes: they are told as deletions. */
  readonly removed: readonly Pick<ListedObject, "kind" | "id">[];
}

export interface UnmanagedQuestion {
  readonly planes: readonly PlaneQuestion[];
  /** Undefined for a program, of which only running it tells what it declares. */
  readonly stack: Stack | undefined;
  /** Today as `2026-11-21`, UTC. */
  readonly today: string;
}
