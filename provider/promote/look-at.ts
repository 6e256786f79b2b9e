import type { Document } from "yaml";
import { locate } from "../stackfile/locate.js";
import type { Located } from "../stackfile/located.js";

/** A document that changes has no positions that would stay true. */
const NOWHERE = { file: "", line: 1, column: 1 };

/** The values of a document as it is now. */
export function lookAt(document: Document): Located {
  return locate(document, () => NOWHERE);
}
