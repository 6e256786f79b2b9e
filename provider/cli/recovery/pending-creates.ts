import type { Kind } from "../../../schema/kind.js";
import { kindNamed } from "../../../schema/kinds/index.js";
import type { Remote } from "../../adapters/adapter.js";
import { settingsFrom } from "../../config.js";
import { NotFound } from "../../errors.js";
import type { Environment } from "../../http/settings.js";
import { objectIds } from "../../lifecycle/live-ids.js";
import { findByKey, removeIfThere } from "../../lifecycle/lookup.js";
import { formatObjectId } from "../../lifecycle/object-id.js";
import { outputsOf } from "../../lifecycle/outputs.js";
import { Session } from "../../lifecycle/session.js";
import type { Values } from "../../lifecycle/values.js";
import { logicalName } from "../../plan/changes.js";
import { kindOfToken } from "../../provider-string.js";
import { propertiesOf } from "../../wire-values.js";
import type { Console } from "../console.js";
import type { CheckpointResource, Deployment, PendingOperation } from "./checkpoint.js";

/** True for an operation on a resource of ours: those of other providers are theirs to judge. */
export function isOurs(operation: PendingOperation): boolean {
  return kindOfToken(operation.resource.type) !== undefined;
}

/** True for a creation whose object may be there: what Gatehouse registers for itself is no object. */
export function mayHaveCreated({ type, resource }: PendingOperation): boolean {
  const kind = kindNamed(kindOfToken(resource.type) ?? "");
  return type === "creating" && kind !== undefined && !kind.singleton;
}

export interface SettleOptions {
  readonly deployment: Deployment;
  readonly environment: Environment;
  /** When the killed run began, ISO 8601. Objects made since then under the name of a pending creation are that run's. */
  readonly runBegan: string | undefined;
  readonly console: Console;
}

/**
 * Finds out what became of each pending creation. Answers the resources to record: objects that the killed run made. One whose
 * secret was lost with that run is deleted at the control plane instead, so that the next run makes it again.
 */
export async function settlePendingCreates(options: SettleOptions): Promise<readonly CheckpointResource[]> {
  const { deployment, environment, console } = options;
  const recorded: CheckpointResource[] = [];
  const sessions = new Map<string, Session>();
  for (const operation of (deployment.pending_operations ?? []).filter(mayHaveCreated)) {
    const { resource } = operation;
    const kind = kindNamed(kindOfToken(resource.type) ?? "");
    if (!kind) continue;
    const subject = `${kind.name} ${logicalName(resource.urn)}`;
    const key = resource.provider ?? "";
    const session = sessions.get(key) ?? sessionOf(resource, deployment, environment);
    sessions.set(key, session);
    const there = await lookUp(session, kind, inputsOf(resource));
    const id = there && formatObjectId(kind, there);
    const isTaken = [...(deployment.resources ?? []), ...recorded].some((r) => !r.delete && standsFor(r, kind, id));
    if (!there || id === undefined || isTaken) console.progress(`  ${subject} was not created`);
    else if (!isMadeSince(there, options.runBegan)) console.progress(`  ${subject}: ${notOurs(there, resource)}`);
    else if (revealsSecret(kind)) {
      await removeIfThere(session, kind, there.owner, there.id);
      console.progress(`  ${subject} was created, and its secret was lost with the run: deleted, to be made again`);
    } else {
      recorded.push(recordOf(kind, resource, there, id));
      console.progress(`  ${subject} was created, and is now recorded`);
    }
  }
  return recorded;
}

/** True for a resource that this object belongs to already. */
function standsFor({ type, id: recorded, outputs = {} }: CheckpointResource, kind: Kind, id: string | undefined): boolean {
  return kindOfToken(type) === kind.name && recorded !== undefined && objectIds(kind, recorded, outputs).some((one) => one === id);
}

/** A session of the control plane that a resource is on, which may write. */
export function sessionOf(resource: CheckpointResource, deployment: Deployment, environment: Environment): Session {
  const urn = resource.provider?.slice(0, resource.provider.lastIndexOf("::"));
  const provider = deployment.resources?.find((candidate) => candidate.urn === urn);
  // Also a refresh settles what a killed run began: a secret that nobody knows must not stay in use.
  return new Session(
    settingsFrom((name) => provider?.inputs?.[name] as string | undefined),
    { ...environment, GATEHOUSE_READ_ONLY: undefined },
  );
}

/** A missing owner means a missing object. */
async function lookUp(session: Session, kind: Kind, inputs: Values): Promise<Remote | undefined> {
  try {
    return await findByKey(session, kind, inputs);
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** True for an object that was made since a run began. The control plane may tell whole seconds only. */
export function isMadeSince({ builtIn, createdAt }: Remote, runBegan: string | undefined): boolean {
  const [made, began] = [Date.parse(createdAt ?? ""), Date.parse(runBegan ?? "")];
  return !builtIn && made >= Math.floor(began / 1000) * 1000;
}

function notOurs({ builtIn }: Remote, { inputs }: CheckpointResource): string {
  const isTakenOver = builtIn || inputs?.adopt === "ifExists" || inputs?.adopt === "require";
  const next = isTakenOver ? "the next step takes it over" : "the next step will report it as existing";
  return `an object of this name is there that the killed run did not make: left alone, ${next}`;
}

/** True for kinds whose objects have a secret that is shown once. */
export function revealsSecret(kind: Kind): boolean {
  return Object.values(kind.fields).some((field) => field.flags.revealedOnce);
}

function inputsOf(resource: CheckpointResource): Values {
  return propertiesOf(resource.inputs ?? {});
}

/** As the creation would have recorded it. What is encrypted in the state stays so, and is not compared. */
function recordOf(kind: Kind, resource: CheckpointResource, remote: Remote, id: string): CheckpointResource {
  const inputs = inputsOf(resource);
  const encrypted = Object.fromEntries(Object.entries(inputs).filter(([, value]) => JSON.stringify(value).includes('"ciphertext":')));
  const readable = Object.fromEntries(Object.entries(inputs).filter(([name]) => !Object.hasOwn(encrypted, name)));
  const outputs = outputsOf(kind, readable, remote, { adopted: false, external: false });
  const now = new Date().toISOString();
  return {
    ...resource,
    id,
    outputs: { ...outputs, ...encrypted, __provider: resource.inputs?.__provider },
    created: now,
    modified: now,
  };
}
