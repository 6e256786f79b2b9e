import type { Field, Fields, Reference } from "../../../schema/field.js";
import { type Kind, ownerField, type Problem } from "../../../schema/kind.js";
import { kindNamed, REMOTE_KINDS } from "../../../schema/kinds/index.js";
import type { Context } from "../context.js";
import { rulesOf } from "../rules/index.js";
import type { ObjectTable, StoredObject, Values } from "../store/objects.js";
import { isValues } from "./changed-properties.js";
import { homeProject } from "./home-project.js";

/** A reference that must lead somewhere. */
interface Mention {
  readonly property: string;
  readonly reference: Reference;
  readonly value: string;
}

/** The hard references of an object, other than the one to its owner. A kind that the system lacks is named freely. */
function mentionsOf({ profile }: Pick<Context, "profile">, kind: Kind, body: Values): Mention[] {
  const owner = ownerField(kind);
  return Object.entries(kind.fields)
    .filter(([name, field]) => name !== owner && !field.flags.computed)
    .flatMap(([name, field]) => mentionsIn(name, field, body[name]))
    .filter(({ reference }) => profile.kinds?.includes(reference.kind) ?? true);
}

function mentionsIn(property: string, field: Field, value: unknown): Mention[] {
  if (Array.isArray(value))
    return field.items === undefined ? [] : value.flatMap((v, i) => mentionsIn(`${property}.${i}`, field.items as Field, v));
  if (isValues(value)) {
    const fields: Fields = field.fields ?? {};
    return Object.entries(fields).flatMap(([name, inner]) => mentionsIn(`${property}.${name}`, inner, value[name]));
  }
  const { reference } = field;
  if (reference === undefined || reference.soft || typeof value !== "string" || kindNamed(reference.kind) === undefined) return [];
  return [{ property, reference, value }];
}

/** The object that a reference leads to: by id, or by a field among what the organization and the same project have. */
function targetOf(objects: ObjectTable, { reference, value }: Mention, project: string | undefined): StoredObject | undefined {
  if (reference.by === "id") return objects.get(reference.kind, value);
  const scope = kindNamed(reference.kind)?.keyScope;
  const found = objects.find(reference.kind, reference.by, value);
  return found.find((o) => scope === undefined || o.body[scope] === undefined || o.body[scope] === project);
}

/** A reference that leads nowhere, with the code it is refused with. */
export interface Dangling {
  readonly problem: Problem;
  readonly code: string;
}

/** References that lead nowhere. Throws when one leads to an object that takes no new ones; `before` had its references already. */
export function danglingReferences(context: Context, kind: Kind, object: StoredObject, before?: StoredObject): Dangling[] {
  const project = homeProject(context, kind, object);
  const had = before === undefined ? [] : mentionsOf(context, kind, before.body);
  return mentionsOf(context, kind, object.body).flatMap((mention) => {
    const { property, reference, value } = mention;
    const rules = rulesOf(context, reference.kind);
    const target = targetOf(context.store.objects, mention, project);
    if (target === undefined) {
      const reason = `names the ${reference.kind} "${value}", which does not exist${reference.by === "id" ? "" : " in this project or the organization"}`;
      return [{ problem: { property, reason }, code: rules.unknownCode ?? "unknown_reference" }];
    }
    if (!had.some((m) => m.property === property && m.value === value)) rules.beforeReference?.(target);
    return [];
  });
}

/** True for objects that no longer hold anything: a revoked key names its project for history only. */
export function hasEnded(kind: Kind, object: StoredObject): boolean {
  return kind.custody?.ended.includes(String(object.body[kind.custody.statusField])) ?? false;
}

/** What goes with an object: whatever it owns, and whatever is listed within it by a scope. */
export function dependants(objects: ObjectTable, target: StoredObject): { kind: Kind; object: StoredObject }[] {
  return REMOTE_KINDS.flatMap((kind) => {
    const owner = ownerField(kind);
    const isOwned = owner !== undefined && kind.fields[owner]?.reference?.kind === target.kind;
    const scope = kind.keyScope;
    const isScoped = scope !== undefined && kind.fields[scope]?.reference?.kind === target.kind;
    if (!isOwned && !isScoped) return [];
    const belongs = (o: StoredObject) => (isOwned ? o.owner === target.id : o.body[scope as string] === target.id);
    return objects
      .ofKind(kind.name)
      .filter(belongs)
      .map((object) => ({ kind, object }));
  });
}

/** The first object whose references would lead nowhere without the target, which has been removed already. */
export function brokenBy(context: Context, target: StoredObject): { kind: Kind; object: StoredObject } | undefined {
  const { objects } = context.store;
  for (const kind of REMOTE_KINDS) {
    for (const object of objects.ofKind(kind.name)) {
      const concerned = mentionsOf(context, kind, object.body).filter((m) => names(m, target));
      if (concerned.length === 0 || hasEnded(kind, object)) continue;
      const project = homeProject(context, kind, object);
      if (concerned.some((mention) => targetOf(objects, mention, project) === undefined)) return { kind, object };
    }
  }
  return undefined;
}

function names({ reference, value }: Mention, target: StoredObject): boolean {
  return reference.kind === target.kind && value === (reference.by === "id" ? target.id : target.body[reference.by]);
}
