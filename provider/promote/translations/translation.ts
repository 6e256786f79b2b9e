import type { Draft } from "../draft.js";
import type { Way } from "../way.js";

/** Says something that the source says in the target's own words, as far as it means no more there, and tells what it did. */
export type Translation = (draft: Draft, way: Way) => void;
