import { fingerprintOf } from "./fingerprint.js";
import { PATH } from "./place-rules.js";
import type { NameRule } from "./template.js";

/** What a vendor takes, where that is less than names of keys may hold. */
interface Taken extends Pick<NameRule, "around" | "between" | "maxLength"> {
  /** Matches a name that is taken as it is. Anchored. */
  readonly word: RegExp;
  /** True when the vendor does not tell upper from lower case. */
  readonly caseInsensitive?: boolean | undefined;
}

/** Names for such a vendor: of every key that has a place as a path, and no two of them written alike. */
export function portableNames({ word, caseInsensitive, ...rule }: Taken) {
  const { name, described } = PATH;
  return { ...rule, name, described, written: (text: string) => written(text, { word, caseInsensitive }) } satisfies NameRule;
}

const LOOKS_WRITTEN = /-[0-9a-f]{12}$/;

/** A name that is taken stays as it is; any other becomes the letters, digits and hyphens that are nearest, with a fingerprint of itself. */
function written(name: string, { word, caseInsensitive = false }: Pick<Taken, "word" | "caseInsensitive">): string {
  const folded = caseInsensitive ? name.toLowerCase() : name;
  // A name that looks like a written one is rewritten too: another name could be written so.
  if (folded === name && word.test(name) && !LOOKS_WRITTEN.test(name)) return name;
  const nearest = folded.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return [nearest, fingerprintOf(name)].filter(Boolean).join("-");
}
