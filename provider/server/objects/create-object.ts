import { type Kind, ownerField } from "../../../schema/kind.js";
import { type Context, planOf } from "../context.js";
import { conflict, invalid, notFound } from "../refusal.js";
import { rulesOf } from "../rules/index.js";
import type { StoredObject, Values } from "../store/objects.js";
import { authorize } from "./authorize.js";
import { homeProject, refuseArchivedHome } from "./home-project.js";
import { draftObject, insertObject } from "./insert-object.js";
import { mergePatch } from "./merge-patch.js";
import { refuseDuplicate } from "./refuse-duplicate.js";
import { refuseProblems } from "./refuse-problems.js";
import { splitSecrets } from "./split-secrets.js";

export interface Created {
  readonly object: StoredObject;
  /** Properties that are shown with this answer and never again. */
  readonly revealed: Values;
}

/** Makes an object from the body of a request. Runs in a transaction. */
export function createObject(context: Context, kind: Kind, owner: string, sent: Values): Created {
  const rules = rulesOf(context, kind.name);
  refuseMissingOwner(context, kind, owner);
  const values = mergePatch({}, withoutOwner(kind, owner, sent));
  const { shown, hidden } = splitSecrets(kind.fields, values);
  const id = rules.idOf?.(values);
  const draft = draftObject(context, { kind: kind.name, owner, body: shown, hidden, ...(id !== undefined && { id }) });
  authorize(context, "create", kind, rules.projectOf === undefined ? homeProject(context, kind, draft) : undefined);
  refuseProblems(context, kind, { sent: withoutOwner(kind, owner, sent), values, object: draft });
  refuseArchivedHome(context, kind, draft);
  const complete = rules.beforeCreate?.(context, draft) ?? draft;
  refuseDuplicate(context, kind, complete);
  refuseOverQuota(context, kind);
  const issued = rules.issueSecret?.(context, complete) ?? { object: complete, revealed: {} };
  const object = insertObject(context, issued.object);
  rules.afterCreate?.(context, object);
  return { object, revealed: issued.revealed };
}

/** A client may repeat in the body what the address says already. */
function withoutOwner(kind: Kind, owner: string, sent: Values): Values {
  const field = ownerField(kind);
  if (field === undefined || sent[field] === undefined) return sent;
  if (sent[field] !== owner) throw invalid([{ property: field, reason: `differs from the address, which says "${owner}"` }]);
  return Object.fromEntries(Object.entries(sent).filter(([name]) => name !== field));
}

/** Throws when the owner that the address names does not exist. */
export function refuseMissingOwner({ store }: Pick<Context, "store">, kind: Kind, owner: string): void {
  const ownerKind = kind.fields[ownerField(kind) ?? ""]?.reference?.kind;
  if (ownerKind !== undefined && store.objects.get(ownerKind, owner) === undefined) throw notFound(ownerKind, owner);
}

function refuseOverQuota(context: Context, kind: Kind): void {
  const plan = planOf(context);
  const quota = context.profile.quotas[kind.name]?.[plan];
  if (quota === undefined || context.store.objects.count(kind.name) < quota) return;
  throw conflict(`the plan ${plan} allows ${quota} ${kind.name} objects and all exist: delete one or change the plan`, "quota_exceeded");
}
