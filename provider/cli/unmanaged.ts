import { type Kind, ownerField } from "../../schema/kind.js";
import { KIND_LIST } from "../../schema/kinds/index.js";
import type { Remote } from "../adapters/adapter.js";
import { NotFound } from "../errors.js";
import { naturalKey } from "../lifecycle/exclusive.js";
import { isEnded } from "../lifecycle/lookup.js";
import { matchesPattern } from "../lifecycle/matches-pattern.js";
import { formatObjectId } from "../lifecycle/object-id.js";
import { Session } from "../lifecycle/session.js";
import type { IgnoreRule } from "../stackfile/index.js";
import type { OpenStack } from "./engine-stack.js";
import { controlPlanesIn, objectsIn, type StateResource } from "./state.js";

/** An object that is there and that nobody declared. */
export interface UnmanagedObject {
  readonly controlPlane: string;
  readonly kind: string;
  readonly id: string;
  /** Natural key, as a stack file would write it. */
  readonly key: string;
}

/** What is at the control planes of a stack and not in its state, without what was there before anybody and what is ignored. */
export async function unmanagedObjects(stack: OpenStack, resources: readonly StateResource[]): Promise<readonly UnmanagedObject[]> {
  const found: UnmanagedObject[] = [];
  for (const { settings } of controlPlanesIn(resources)) {
    const session = new Session(settings, { ...stack.environment, GATEHOUSE_READ_ONLY: "1" });
    for (const kind of KIND_LIST.filter((k) => !k.singleton && session.reaches(k))) {
      const managed = new Set(objectsIn(resources, kind.name).map((r) => r.id));
      const remotes = (await Promise.all((await ownersOf(session, kind)).map((owner) => listed(session, kind, owner)))).flat();
      found.push(
        ...remotes
          .filter((remote) => !remote.builtIn && !isEnded(kind, remote.values) && !managed.has(formatObjectId(kind, remote)))
          .map((remote) => ({
            controlPlane: settings.name,
            kind: kind.name,
            id: formatObjectId(kind, remote),
            key: naturalKey(kind, remote),
          })),
      );
    }
  }
  const ignored = stack.target.form === "stackFile" ? stack.target.stack.ignore : [];
  return found.filter((object) => !ignored.some((rule) => silences(rule, object)));
}

function silences(rule: IgnoreRule, object: UnmanagedObject): boolean {
  const inTime = rule.until === undefined || Date.parse(rule.until) >= Date.now() - 86_400_000;
  return inTime && rule.kind === object.kind && rule.controlPlane === object.controlPlane && matchesPattern(object.key, rule.match);
}

/** Ids of the objects that a kind is listed below, or one undefined for kinds that stand alone. */
async function ownersOf(session: Session, kind: Kind): Promise<readonly (string | undefined)[]> {
  const owner = ownerField(kind);
  const ownerKind = KIND_LIST.find((k) => k.name === (owner === undefined ? undefined : kind.fields[owner]?.reference?.kind));
  return ownerKind === undefined ? [undefined] : (await session.list(ownerKind, undefined)).map((remote) => remote.id);
}

async function listed(session: Session, kind: Kind, owner: string | undefined): Promise<readonly Remote[]> {
  try {
    return await session.list(kind, owner);
  } catch (error) {
    // The owner went while we were looking.
    if (error instanceof NotFound) return [];
    throw error;
  }
}
