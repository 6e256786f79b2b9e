import { isDeepStrictEqual } from "node:util";
import type { Fields } from "../../../schema/field.js";
import type { Kind, Problem } from "../../../schema/kind.js";
import type { Context } from "../context.js";
import { invalid } from "../refusal.js";
import { rulesOf } from "../rules/index.js";
import type { StoredObject, Values } from "../store/objects.js";
import { authorize, authorizeProperties } from "./authorize.js";
import { isValues } from "./changed-properties.js";
import { homeProject, refuseArchivedHome } from "./home-project.js";
import { KEPT_SECRET } from "./kept-secret.js";
import { mergePatch } from "./merge-patch.js";
import { refuseDuplicate } from "./refuse-duplicate.js";
import { refuseProblems } from "./refuse-problems.js";
import { splitSecrets } from "./split-secrets.js";
import { writableFields } from "./writable-fields.js";
import { writeObject } from "./write-object.js";

type Hidden = StoredObject["hidden"];

/** Merges the body of a request into an object. Runs in a transaction. A change that changes nothing writes nothing. */
export function updateObject(context: Context, kind: Kind, before: StoredObject, sent: Values): StoredObject {
  const project = homeProject(context, kind, before);
  authorize(context, "update", kind, project, before);
  const fields = writableFields(kind);
  const values = mergePatch(inputsOnly(fields, before.body), sent);
  const { shown, hidden } = splitSecrets(fields, values);
  const kept = withoutCleared(before.hidden, sent);
  const body = { ...keptBesides(fields, before.body), ...shown };
  const after: StoredObject = { ...before, body, hidden: { ...kept, ...hidden } };
  refuseProblems(context, kind, { sent, values: { ...standIns(fields, kept), ...values }, object: after, before });
  refuseFixed(fields, before.body, sent);
  authorizeProperties(context, kind, project, before, body);
  refuseArchivedHome(context, kind, before);
  rulesOf(context, kind.name).beforeUpdate?.(context, before, after);
  refuseDuplicate(context, kind, after, before);
  if (isDeepStrictEqual(before.body, body) && isDeepStrictEqual(before.hidden, after.hidden)) return before;
  return writeObject(context, "update", { ...before, hidden: after.hidden }, body);
}

/** Stand for secrets that are there and that the request does not repeat, so that none counts as missing. */
function standIns(fields: Fields, kept: Hidden): Values {
  const names = Object.keys(kept).filter((name) => Object.hasOwn(fields, name));
  return Object.fromEntries(names.map((name) => [name, KEPT_SECRET]));
}

/** The secrets that are left when null clears them, or what they stand in. */
function withoutCleared(hidden: Hidden, sent: Values): Hidden {
  const cleared = clearedPaths(sent);
  return Object.fromEntries(Object.entries(hidden).filter(([path]) => !cleared.some((one) => path === one || path.startsWith(`${one}.`))));
}

function clearedPaths(sent: Values, prefix = ""): readonly string[] {
  return Object.entries(sent).flatMap(([name, value]) => {
    if (value === null) return [`${prefix}${name}`];
    return isValues(value) ? clearedPaths(value, `${prefix}${name}.`) : [];
  });
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
