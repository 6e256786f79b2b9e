import { FIELDS as anyint } from "./anyint.js";
import { FIELDS as floopy } from "./floopy.js";
import { FIELDS as olyx } from "./olyx.js";
import { FIELDS as qodex } from "./qodex.js";

/** Fields by kind of the systems that have not all of them. */
const OFFERED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = { floopy, qodex, olyx, anyint };

/** False for a kind that the system lacks altogether, so that nothing can be declared of it and its objects are named freely. */
export function isOffered(system: string | undefined, kind: string): boolean {
  const kinds = system === undefined ? undefined : OFFERED[system];
  return kinds === undefined || Object.hasOwn(kinds, kind);
}
