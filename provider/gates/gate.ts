import type { Facts } from "./facts.js";

/** A dangerous change that must not be made without an approval. */
export interface Closed {
  /** Name of the gate. */
  readonly gate: string;
  /** Logical name of the object, or what stands for several (`members:owner`). */
  readonly object: string;
  /** Digest of the change, which an approval repeats. */
  readonly change: string;
  /** What would happen, without a final stop. Never a secret. */
  readonly what: string;
  /** What to do instead, or how to have it approved; sentences with their final stop. */
  readonly advice: string;
}

/** A rule over a change: pure, one file each. It judges by the worst that an unknown value could turn out to be. */
export interface Gate {
  /** Kebab-case, as approvals name it. */
  readonly name: string;
  /** What is stopped, one sentence without its final stop, as a heading. */
  readonly title: string;
  /** Why it matters, one sentence with its final stop. */
  readonly why: string;
  readonly judge: (facts: Facts) => readonly Finding[];
}

/** What a gate finds; its own name is added where gates are judged. */
export type Finding = Omit<Closed, "gate">;
