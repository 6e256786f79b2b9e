import type { Kind } from "../../schema/kind.js";
import type { Remote } from "../adapters/adapter.js";
import { AlreadyExists, NotFound, retold } from "../errors.js";
import { today } from "../today.js";
import { attestedRead, createAttested, removeAttested } from "./attested.js";
import { assertSinkReady, handOver, withdraw } from "./hand-over.js";
import { idInUse, liveIds } from "./live-ids.js";
import { findByKey, ownerOf, removeIfThere } from "./lookup.js";
import { parseObjectId } from "./object-id.js";
import { declaredIn, observedInputs, outputsOf, sentInputs } from "./outputs.js";
import { PartialFailure, type Recorded, recordedOf, recordedOnFailure, verified } from "./recorded.js";
import { isReleased } from "./released.js";
import { observedRetiring } from "./rotate.js";
import { resolvedSecrets } from "./secrets.js";
import type { Session } from "./session.js";
import { assertAsserted, sync } from "./sync.js";
import { keptSecrets } from "./take-over.js";
import type { Values } from "./values.js";

export { PartialFailure, type Recorded } from "./recorded.js";
export { update } from "./update.js";

/** Brings the declared object into being: makes it, or takes over the one that is there when that is allowed. */
export async function create(session: Session, kind: Kind, inputs: Values): Promise<Recorded> {
  if (session.transport === "dashboard") return createAttested(session, kind, inputs);
  if (kind.singleton || inputs.adopt === "require") return adopt(session, kind, inputs, await existing(session, kind, inputs));
  const owner = ownerOf(kind, inputs);
  try {
    await assertSinkReady(session, inputs);
    const { remote, secrets, unfinished } = await session
      .objects(kind)
      .create(owner, resolvedSecrets(kind, sentInputs(kind, inputs), session.environment));
    const kept = { ...(await handedOver(session, kind, inputs, remote, secrets)), ...MADE_BY_US };
    if (unfinished !== undefined) throw new PartialFailure(recordedOf(kind, inputs, { remote, kept }), unfinished);
    return await verified(session, kind, inputs, { remote, kept });
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

const MADE_BY_US = { adopted: false, external: false } as const;

/**
 * Hands the secret of a new object over. One that reaches nobody is no use to anybody, so the object goes again; where that fails too, it
 * is recorded without its secret, and the next run renews that.
 */
async function handedOver(
  session: Session,
  kind: Kind,
  inputs: Values,
  remote: Remote,
  secrets: Readonly<Record<string, string>>,
): Promise<Values> {
  try {
    return await handOver(session, kind, inputs, secrets);
  } catch (error) {
    if ((await withdraw(session, kind, remote)) === "gone") throw error;
    throw new PartialFailure(recordedOf(kind, inputs, { remote, kept: MADE_BY_US }), error);
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
  const written = { remote: there, kept: { adopted: true, external: true, issuedAt: there.createdAt } };
  return recordedOnFailure(recordedOf(kind, inputs, written), async () => {
    await sync(session, kind, inputs, there, keptSecrets(kind, inputs));
    return verified(session, kind, inputs, written);
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
  const kept = { ...olds, issuedAt: olds.issuedAt ?? remote.createdAt, ...(await observedRetiring(session, kind, id, olds)) };
  return { id, inputs: observedInputs(kind, declared, remote), outputs: outputsOf(kind, declared, remote, kept) };
}

async function observe(session: Session, kind: Kind, objectId: string, olds: Values): Promise<Remote | undefined> {
  const { owner } = parseObjectId(kind, objectId);
  const id = idInUse(kind, objectId, olds);
  try {
    const listed = (await session.list(kind, owner)).find((remote) => kind.singleton || remote.id === id);
    return listed ?? (await session.objects(kind).fetch(owner, id));
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    if (!kind.custody) return undefined;
    return { id, owner, builtIn: false, values: { ...olds, [kind.custody.statusField]: "missing" } };
  }
}

/** Takes the object away; one that was there before us is released instead, unless the declaration says otherwise. */
export async function remove(session: Session, kind: Kind, objectId: string, olds: Values): Promise<void> {
  if (isReleased(kind, olds, today())) return;
  if (session.transport === "dashboard") return removeAttested(session, kind, objectId, olds);
  const { owner } = parseObjectId(kind, objectId);
  for (const id of liveIds(kind, objectId, olds).toReversed()) await removeIfThere(session, kind, owner, id);
}
