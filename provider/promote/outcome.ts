import type { KindName } from "../../schema/kinds/index.js";

/** What becomes of a limit on money, use or access. Nothing becomes looser without a word. */
export type Weight = "looser" | "tighter";

/** What became of an object, or of one field of it, where it is not simply the same at the target. */
export interface Outcome {
  /** Path of the object in the source stack; in the new one for what stands there alone. */
  readonly object: string;
  readonly kind: KindName;
  /** Dotted field; the object as a whole when absent. */
  readonly field?: string;
  /** `open`: somebody has to complete it. */
  readonly result: "translated" | "lost" | "open";
  /** What the source says. */
  readonly from?: unknown;
  /** What the target is told instead. */
  readonly to?: unknown;
  /** Why, and what there is instead: a sentence without its final stop. */
  readonly why: string;
  readonly weight?: Weight;
}
