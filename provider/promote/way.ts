import type { Adapter } from "../adapters/adapter.js";
import type { Entry } from "../stackfile/entries.js";

/** From where to where a stack goes: what every translation may look at. */
export interface Way {
  readonly target: Adapter;
  /** The entries of the source as they were written. */
  readonly source: readonly Entry[];
  /** The system that an entry of the source is on, by its path there. One that the target has already is the target's own. */
  readonly systemOf: (path: string) => Adapter;
  /** Objects of the source that have an id there, as far as its state tells. */
  readonly known: readonly KnownObject[];
  /** Today as `2026-11-21`, UTC. */
  readonly today: string;
}

/** An object that the source's state knows. */
export interface KnownObject {
  readonly kind: string;
  readonly id: string;
  /** Path in the source stack. */
  readonly path: string;
}
