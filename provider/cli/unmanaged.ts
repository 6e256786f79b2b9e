import { REMOTE_KINDS } from "../../schema/kinds/index.js";
import { isEnded } from "../lifecycle/is-ended.js";
import { matchesPattern } from "../lifecycle/matches-pattern.js";
import { naturalKey } from "../lifecycle/natural-key.js";
import { Session } from "../lifecycle/session.js";
import { kindOfToken } from "../provider-string.js";
import type { RuleByName } from "../stackfile/index.js";
import type { OpenStack } from "./engine-stack.js";
import { type LiveObject, liveObjects } from "./live-objects.js";
import { controlPlanesIn, type StateResource } from "./state.js";

/** An object that is there and that nobody declared. */
export interface UnmanagedObject {
  readonly controlPlane: string;
  readonly kind: string;
  readonly id: string;
  /** Natural key, as a stack file would write it. */
  readonly key: string;
}

/** Kinds whose objects come and go: what there is one of, always, nobody brought in. */
const COLLECTED = REMOTE_KINDS.filter(({ singleton }) => !singleton);

/** What is at the control planes of a stack and not in its state, without what was there before anybody and what is ignored. */
export async function unmanagedObjects(stack: OpenStack, resources: readonly StateResource[]): Promise<readonly UnmanagedObject[]> {
  const found: UnmanagedObject[] = [];
  const managed = managedIds(resources);
  for (const { settings } of controlPlanesIn(resources)) {
    const session = new Session(settings, { ...stack.environment, GATEHOUSE_READ_ONLY: "1" });
    const unmanaged = (await liveObjects(session, COLLECTED)).filter((object) => isUnmanaged(object, managed));
    found.push(
      ...unmanaged.map(({ kind, remote, id }) => ({ controlPlane: settings.name, kind: kind.name, id, key: naturalKey(kind, remote) })),
    );
  }
  const ignored = stack.target.form === "stackFile" ? stack.target.stack.ignore : [];
  return found.filter((object) => !ignored.some((rule) => silences(rule, object)));
}

/** Ids of what the state holds, by kind. */
function managedIds(resources: readonly StateResource[]): ReadonlySet<string> {
  return new Set(resources.map(({ type, id }) => `${kindOfToken(type)}\n${id}`));
}

function isUnmanaged({ kind, remote, id }: LiveObject, managed: ReadonlySet<string>): boolean {
  return !remote.builtIn && !isEnded(kind, remote.values) && !managed.has(`${kind.name}\n${id}`);
}

function silences(rule: RuleByName, object: UnmanagedObject): boolean {
  const inTime = rule.until === undefined || Date.parse(rule.until) >= Date.now() - 86_400_000;
  return inTime && rule.kind === object.kind && rule.controlPlane === object.controlPlane && matchesPattern(object.key, rule.match);
}
