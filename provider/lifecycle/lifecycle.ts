import { inputFields, type Kind } from "../../schema/kind.js";
import type { Remote } from "../adapters/adapter.js";
import { AlreadyExists, NotFound, NotKept, Refused, retold } from "../errors.js";
import { today } from "../today.js";
import { attestedRead, createAttested, removeAttested, updateAttested } from "./attested.js";
import { isRaised } from "./diff.js";
import { findByKey, isEnded, ownerOf } from "./lookup.js";
import { formatObjectId, parseObjectId } from "./object-id.js";
import { declaredIn, observedInputs, outputsOf, sentInputs } from "./outputs.js";
import { isReleased } from "./released.js";
import { resolvedSecrets } from "./secrets.js";
import type { Session } from "./session.js";
import { changeTo, differences, isEmpty, type Values } from "./values.js";

/** An object as the state records it. */
export interface Recorded {
  readonly id: string;
  readonly outputs: Values;
}

/** The object exists, and not all of it is as declared. What is known of it must be recorded, or it would be lost. */
export class PartialFailure extends Error {
  readonly recorded: Recorded;

  constructor(recorded: Recorded, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.recorded = recorded;
  }
}

/** Brings the declared object into being: makes it, or takes over the one that is there when that is allowed. */
export async function create(session: Session, kind: Kind, inputs: Values): Promise<Recorded> {
  if (session.transport === "dashboard") return createAttested(session, kind, inputs);
  if (kind.singleton || inputs.adopt === "require") return adopt(session, kind, inputs, await existing(session, kind, inputs));
  const owner = ownerOf(kind, inputs);
  try {
    const { remote, secrets, unfinished } = await session
      .objects(kind)
      .create(owner, resolvedSecrets(kind, sentInputs(kind, inputs), session.environment));
    const kept = { ...secrets, adopted: false, external: false };
    if (unfinished !== undefined) throw new PartialFailure(recordedOf(kind, inputs, remote, kept), unfinished);
    return await verified(session, kind, inputs, remote, kept);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    const there = await findByKey(session, kind, inputs);
    if (!there)
      throw retold(error, {
        advice: "If it is this very object under a former path, write `renamedFrom` with that path. Otherwise choose another name.",
      });
    if (!there.builtIn && inputs.adopt !== "ifExists") {
      throw retold(error, {
        advice: "It is never taken over silently. Write `adopt: ifExists` to manage the existing one, or choose another name.",
      });
    }
    return adopt(session, kind, inputs, there);
  }
}

async function existing(session: Session, kind: Kind, inputs: Values): Promise<Remote> {
  const there = await findByKey(session, kind, inputs);
  if (there) return there;
  throw new NotFound({
    subject: kind.name,
    what: "is declared with `adopt: require`, and no such object exists",
    advice: "Write `adopt: ifExists` to create it when it is missing.",
  });
}

async function adopt(session: Session, kind: Kind, inputs: Values, there: Remote): Promise<Recorded> {
  assertAsserted(kind, inputs, there);
  const kept = { adopted: true, external: true };
  const recorded = recordedOf(kind, inputs, there, kept);
  return recordedOnFailure(recorded, async () => {
    await sync(session, kind, inputs, there, {});
    return verified(session, kind, inputs, there, kept);
  });
}

/** The object as it is now, undefined when it is gone. An object in custody is never gone: its loss is recorded as a status. */
export async function read(
  session: Session,
  kind: Kind,
  id: string,
  olds: Values,
): Promise<(Recorded & { readonly inputs: Values }) | undefined> {
  if (session.transport === "dashboard") return attestedRead(session, kind, id, olds);
  const declared = declaredIn(kind, olds);
  const remote = await observe(session, kind, id, olds);
  if (!remote) return undefined;
  return { id, inputs: observedInputs(kind, declared, remote), outputs: outputsOf(kind, declared, remote, olds) };
}

async function observe(session: Session, kind: Kind, objectId: string, olds: Values): Promise<Remote | undefined> {
  const { owner, id } = parseObjectId(kind, objectId);
  try {
    const listed = (await session.list(kind, owner)).find((remote) => kind.singleton || remote.id === id);
    return listed ?? (await session.objects(kind).fetch(owner, id));
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    if (!kind.custody) return undefined;
    return { id, owner, builtIn: false, values: { ...olds, [kind.custody.statusField]: "missing" } };
  }
}

/** Makes the object what the new inputs say, by what differs on the server and not by what the state remembers. */
export async function update(session: Session, kind: Kind, objectId: string, olds: Values, news: Values): Promise<Recorded> {
  if (session.transport === "dashboard") return updateAttested(session, kind, objectId, olds, news);
  const { owner, id } = parseObjectId(kind, objectId);
  const api = session.objects(kind);
  const observed = await api.fetch(owner, id).catch((error: unknown) => {
    if (!(error instanceof NotFound)) throw error;
    const renew = kind.custody && `Raise \`${kind.custody.renewedBy}\` to have a new one made.`;
    throw retold(error, { advice: renew ?? "It is gone from the server: refresh, and the next run makes it again." });
  });
  assertInUse(kind, observed);
  assertAsserted(kind, news, observed);
  await sync(session, kind, news, observed, declaredIn(kind, olds));
  const renewing = Object.entries(inputFields(kind)).some(([name, field]) => field.flags.renewsSecret && isRaised(olds, news, name));
  if (!renewing) return verified(session, kind, news, observed, olds);
  const { secrets } = await api.renewSecret(owner, id);
  return verified(session, kind, news, observed, { ...olds, ...secrets, external: false });
}

/** Takes the object away; one that was there before us is released instead, unless the declaration says otherwise. */
export async function remove(session: Session, kind: Kind, objectId: string, olds: Values): Promise<void> {
  if (isReleased(kind, olds, today())) return;
  if (session.transport === "dashboard") return removeAttested(session, kind, objectId, olds);
  const { owner, id } = parseObjectId(kind, objectId);
  try {
    await session.objects(kind).remove(owner, id);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
}

async function sync(session: Session, kind: Kind, desired: Values, observed: Remote, former: Values): Promise<void> {
  const [wanted, before] = [sentInputs(kind, desired), sentInputs(kind, former)];
  const changes: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(inputFields(kind))) {
    if (field.flags.createOnly || field.flags.replace) continue;
    const change = changeTo(field, wanted[name], observed.values[name], before[name]);
    if (change !== undefined) changes[name] = change;
  }
  if (Object.keys(changes).length === 0) return;
  await session.objects(kind).update(observed.owner, observed.id, resolvedSecrets(kind, changes, session.environment));
}

/** Reads back what was written, and refuses to call it done when the server did not keep it. */
async function verified(session: Session, kind: Kind, inputs: Values, written: Remote, kept: Values): Promise<Recorded> {
  return recordedOnFailure(recordedOf(kind, inputs, written, kept), async () => {
    const { owner, id } = written;
    const now = await session.objects(kind).fetch(owner, id);
    const recorded = recordedOf(kind, inputs, now, kept);
    const declared = Object.fromEntries(Object.entries(sentInputs(kind, inputs)).filter(([name]) => isVisible(kind, name)));
    const lost = differences(kind.fields, declared, now.values);
    if (lost.length === 0) return recorded;
    const told = lost.map((name) => `${name} is ${shown(now.values[name])} instead of ${shown(inputs[name])}`).join(", ");
    const problem = new NotKept({
      subject: `${kind.name} ${formatObjectId(kind, now)}`,
      what: `the control plane accepted the change and did not keep it: ${told}`,
      advice: "Run again; if it stays, the control plane limits or alters this value: declare what it keeps.",
    });
    throw new PartialFailure(recorded, problem);
  });
}

function isVisible(kind: Kind, name: string): boolean {
  const flags = kind.fields[name]?.flags;
  return flags !== undefined && !flags.secret && !flags.createOnly;
}

function shown(value: unknown): string {
  return isEmpty(value) ? "absent" : JSON.stringify(value);
}

function recordedOf(kind: Kind, inputs: Values, remote: Remote, kept: Values): Recorded {
  return { id: formatObjectId(kind, remote), outputs: outputsOf(kind, inputs, remote, kept) };
}

async function recordedOnFailure(recorded: Recorded, task: () => Promise<Recorded>): Promise<Recorded> {
  try {
    return await task();
  } catch (error) {
    throw error instanceof PartialFailure ? error : new PartialFailure(recorded, error);
  }
}

/** An object in custody that has ended is not brought back by a change: a person decides, and says so by raising a number. */
function assertInUse(kind: Kind, remote: Remote): void {
  if (!kind.custody || !isEnded(kind, remote.values)) return;
  const { statusField, renewedBy } = kind.custody;
  throw new Refused({
    subject: `${kind.name} ${formatObjectId(kind, remote)}`,
    what: `is ${String(remote.values[statusField])} at the control plane and cannot be changed`,
    advice: `Raise \`${renewedBy}\` to have a new one made (refresh first, where the state does not know it yet), or remove the declaration.`,
  });
}

function assertAsserted(kind: Kind, inputs: Values, remote: Remote): void {
  const asserted = Object.entries(inputFields(kind)).filter(([, field]) => field.flags.asserted);
  const declared = Object.fromEntries(asserted.flatMap(([name]) => (inputs[name] === undefined ? [] : [[name, inputs[name]]])));
  const wrong = differences(kind.fields, declared, remote.values);
  if (wrong.length === 0) return;
  throw new Refused({
    subject: kind.name,
    what: wrong
      .map((name) => `${name} is ${shown(remote.values[name])} on the server and ${shown(inputs[name])} in the declaration`)
      .join("; "),
    advice: "This is compared and never written: change it at the control plane, or declare what it is.",
  });
}
