import type { Kind } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import { invalid } from "../refusal.js";
import { rulesOf } from "../rules/index.js";
import type { StoredObject, Values } from "../store/objects.js";
import { danglingReferences } from "./references.js";
import { problemsOf } from "./validate.js";

interface Proposal {
  /** Body of the request. */
  readonly sent: Values;
  /** The object it makes, write-only secrets included. */
  readonly values: Values;
  readonly object: StoredObject;
  readonly before?: StoredObject;
}

/** Throws everything that is wrong with a proposed object at once. Only references: the code says what kind of thing is missing. */
export function refuseProblems(context: Context, kind: Kind, { sent, values, object, before }: Proposal): void {
  const problems = problemsOf(kind, sent, values);
  const ruled = rulesOf(context, kind.name).check?.(context, values, before?.body) ?? [];
  const own = [...problems, ...ruled.filter((r) => !problems.some((p) => p.property === r.property))];
  const dangling = danglingReferences(context, kind, object, before);
  const [first] = dangling;
  if (own.length > 0) throw invalid([...own, ...dangling.map((d) => d.problem)]);
  if (first !== undefined)
    throw invalid(
      dangling.map((d) => d.problem),
      first.code,
    );
}
