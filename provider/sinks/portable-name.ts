import { fingerprintOf } from "./fingerprint.js";

/** What a vendor takes as it is, of the names that a placeholder may stand for. */
interface Taken {
  /** Matches a name that is taken. Anchored. */
  readonly word: RegExp;
  /** True when the vendor does not tell upper from lower case. */
  readonly caseInsensitive?: boolean;
}

const LOOKS_WRITTEN = /-[0-9a-f]{12}$/;

/**
 * How a name is written at a vendor that does not take every character. A name that it takes stays as it is; any other becomes the
 * letters, digits and hyphens that are nearest, with a fingerprint of itself, so that no two names are written alike.
 */
export function portable({ word, caseInsensitive = false }: Taken): (name: string) => string {
  return (name) => {
    const folded = caseInsensitive ? name.toLowerCase() : name;
    // A name that looks like a written one is rewritten too: another name could be written so.
    if (folded === name && word.test(name) && !LOOKS_WRITTEN.test(name)) return name;
    const nearest = folded.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
    return [nearest, fingerprintOf(name)].filter(Boolean).join("-");
  };
}
