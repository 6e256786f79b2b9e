import { NotFound } from "../../errors.js";
import type { ObjectApi } from "../adapter.js";

/** For objects whose secret is not renewed in place, or that have none. */
export function noSecret(kind: string): ObjectApi["renewSecret"] {
  return () => Promise.reject(new NotFound({ subject: kind, what: "has no secret that is renewed in place" }));
}
