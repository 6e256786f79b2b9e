import { adapterOf } from "../adapters/index.js";
import { naturalKey } from "../lifecycle/natural-key.js";
import { SEVERITIES } from "../report/report.js";
import type { ReadyLine, UnmanagedObject } from "../report/unmanaged-object.js";
import { withoutSecretShapes } from "../report/without-secrets.js";
import { type Adoption, adoptions } from "./entries.js";
import { rulesOn } from "./ignored.js";
import { type Known, knownAt } from "./judged.js";
import { planeObjects } from "./plane-objects.js";
import { programLines } from "./program-lines.js";
import type { ListedObject, PlaneQuestion, UnmanagedQuestion } from "./question.js";
import { severityOf } from "./severity.js";
import { stackLines } from "./stack-lines.js";

/**
 * What is at the control planes of a stack and that nobody declared, worst first, then by kind and name, each with what to write to adopt,
 * to ignore or to remove it. Left out is what was there before anybody, what has ended, and what the stack ignores.
 */
export function unmanagedObjects({ planes, ...circumstances }: UnmanagedQuestion): readonly UnmanagedObject[] {
  return planes
    .flatMap((plane) => unmanagedOn(plane, circumstances))
    .map(withoutSecrets)
    .toSorted(worstFirst);
}

/** Whoever names an object, or describes it, may have written a secret there. */
function withoutSecrets(object: UnmanagedObject): UnmanagedObject {
  const clean = (ready: ReadyLine): ReadyLine =>
    ready.line === undefined || withoutSecretShapes(ready.line) === ready.line ? ready : { note: HOLDS_SECRET };
  const { key, owner, adopt, ignore, remove } = object;
  const names = { key: withoutSecretShapes(key), ...(owner === undefined ? {} : { owner: withoutSecretShapes(owner) }) };
  return { ...object, ...names, adopt: clean(adopt), ignore: clean(ignore), remove: clean(remove) };
}

const HOLDS_SECRET = "Its name or its settings hold what looks like a secret, which no file may hold: look at it at the control plane.";

function unmanagedOn(plane: PlaneQuestion, { stack, today }: Omit<UnmanagedQuestion, "planes">): readonly UnmanagedObject[] {
  const objects = planeObjects(plane);
  const rules = rulesOn(plane.name, stack ?? { ignore: [], exclusive: [] }, objects, today);
  const goes = new Set(plane.removed.map(({ kind, id }) => `${kind.name}\n${id}`));
  const isUnmanaged = (object: ListedObject) =>
    !object.remote.builtIn && !goes.has(`${object.kind.name}\n${object.id}`) && !rules.isIgnored(object);
  const unmanaged = objects.undeclared.filter(isUnmanaged);
  if (unmanaged.length === 0) return [];
  const known = knownAt(plane, today);
  const entries = adoptions(adapterOf(plane.system), objects, plane.name);
  return unmanaged.map((object): UnmanagedObject => {
    const holder = objects.ownerOf(object);
    const owner = holder && { key: naturalKey(holder.kind, holder.remote), name: objects.nameOf(holder) };
    const adoption = entries.get(object) as Adoption;
    const key = naturalKey(object.kind, object.remote);
    const ignoredUntil = rules.ignoredUntil(object);
    const own = known(object);
    return {
      controlPlane: plane.name,
      kind: object.kind.name,
      id: object.id,
      key,
      ...(owner === undefined
        ? {}
        : { owner: stack?.declarations.find(({ name }) => name === owner.name)?.path ?? owner.name ?? owner.key }),
      ...standing(object, own),
      ...severityOf(own),
      ...(ignoredUntil === undefined ? {} : { ignoredUntil }),
      ...(stack === undefined
        ? programLines(object, key, adoption.entry, plane.name)
        : stackLines({ object, adoption, owner, controlPlane: plane.name, removedBy: rules.removedBy(object), stack, today })),
    };
  });
}

function standing({ remote: { createdAt } }: ListedObject, { ageDays, lastUsedAt, environment }: Known) {
  return {
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(ageDays === undefined ? {} : { ageDays }),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    ...(environment === undefined ? {} : { environment }),
  };
}

function worstFirst(a: UnmanagedObject, b: UnmanagedObject): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byText(nameOf(a), nameOf(b));
}

function nameOf({ kind, key, owner = "", controlPlane }: UnmanagedObject): string {
  return [kind, key, owner, controlPlane].join("\n");
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
