import { isDeepStrictEqual } from "node:util";
import type { Fields } from "../../../schema/field.js";
import type { Kind, Problem } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import { invalid } from "../refusal.js";
import { rulesOf } from "../rules/index.js";
import type { StoredObject, Values } from "../store/objects.js";
import { authorize, authorizeProperties } from "./authorize.js";
import { homeProject, refuseArchivedHome } from "./home-project.js";
import { KEPT_SECRET } from "./kept-secret.js";
import { mergePatch } from "./merge-patch.js";
import { refuseDuplicate } from "./refuse-duplicate.js";
import { refuseProblems } from "./refuse-problems.js";
import { splitSecrets } from "./split-secrets.js";
import { writableFields } from "./writable-fields.js";
import { writeObject } from "./write-object.js";

/** Merges the body of a request into an object. Runs in a transaction. A change that changes nothing writes nothing. */
export function updateObject(context: Context, kind: Kind, before: StoredObject, sent: Values): StoredObject {
  const project = homeProject(context, kind, before);
  authorize(context, "update", kind, project, before);
  const fields = writableFields(kind);
  const values = mergePatch(inputsOnly(fields, before.body), sent);
  const { shown, hidden } = splitSecrets(fields, values);
  const body = { ...keptBesides(fields, before.body), ...shown };
  const after: StoredObject = { ...before, body, hidden: { ...before.hidden, ...hidden } };
  refuseProblems(context, kind, { sent, values: { ...keptSecrets(fields, before), ...values }, object: after, before });
  refuseFixed(fields, before.body, sent);
  authorizeProperties(context, kind, project, before, body);
  refuseArchivedHome(context, kind, before);
  rulesOf(context, kind.name).beforeUpdate?.(context, before, after);
  refuseDuplicate(context, kind, after, before);
  if (isDeepStrictEqual(before.body, body) && Object.keys(hidden).length === 0) return before;
  return writeObject(context, "update", { ...before, hidden: after.hidden }, body);
}

/** Stands for secrets that are there and that the request does not repeat, so that none counts as missing. */
function keptSecrets(fields: Fields, before: StoredObject): Values {
  const names = Object.keys(before.hidden).filter((name) => Object.hasOwn(fields, name));
  return Object.fromEntries(names.map((name) => [name, KEPT_SECRET]));
}

/** What a client declares of an object. */
function inputsOnly(fields: Fields, body: Values): Values {
  return Object.fromEntries(Object.entries(body).filter(([name]) => Object.hasOwn(fields, name)));
}

/** What the server keeps of an object besides its inputs. */
function keptBesides(fields: Fields, body: Values): Values {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !Object.hasOwn(fields, name)));
}

function refuseFixed(fields: Fields, before: Values, sent: Values): void {
  const problems: Problem[] = Object.entries(sent).flatMap(([name, value]) => {
    const flags = fields[name]?.flags;
    if (flags?.createOnly) return [{ property: name, reason: "is taken at creation only" }];
    const isSame =
      isDeepStrictEqual(value ?? undefined, before[name]) || (flags?.caseInsensitive === true && sameText(value, before[name]));
    return flags?.replace && !isSame ? [{ property: name, reason: "cannot be changed: create another object and delete this one" }] : [];
  });
  if (problems.length > 0) throw invalid(problems);
}

function sameText(one: unknown, other: unknown): boolean {
  return String(one).toLowerCase() === String(other).toLowerCase();
}
