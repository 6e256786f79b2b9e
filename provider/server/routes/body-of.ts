import { isValues } from "../objects/changed-properties.js";
import { invalid } from "../refusal.js";
import type { Values } from "../store/objects.js";

/** The body of a request, which must be a JSON object; none is an empty one. */
export function bodyOf(request: { readonly body?: unknown }): Values {
  const body = request.body ?? {};
  if (!isValues(body)) throw invalid([{ property: "", reason: "must be a JSON object" }]);
  return body;
}
