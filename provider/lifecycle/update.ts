import type { Kind } from "../../schema/kind.js";
import type { Remote } from "../adapters/adapter.js";
import { NotFound, Refused, retold } from "../errors.js";
import { rotationOf } from "../rotation/rotation-of.js";
import { updateAttested } from "./attested.js";
import { assertSameSink, assertSinkReady, handedOverLater, handOver } from "./hand-over.js";
import { isEnded } from "./is-ended.js";
import { idInUse } from "./live-ids.js";
import { parseObjectId } from "./object-id.js";
import { declaredIn } from "./outputs.js";
import { PartialFailure, type Recorded, recordedOf, verified, type Written } from "./recorded.js";
import { beginRotation, endRetiring, type Held, rollBack } from "./rotate.js";
import type { Session } from "./session.js";
import { assertAsserted, sync } from "./sync.js";
import type { Values } from "./values.js";

/**
 * Makes the object what the new inputs say, by what differs on the server and not by what the state remembers. A step of a rotation that
 * is due comes with it.
 */
export async function update(session: Session, kind: Kind, objectId: string, olds: Values, news: Values): Promise<Recorded> {
  if (session.transport === "dashboard") return updateAttested(session, kind, objectId, olds, news);
  const held: Held = { session, kind, objectId, olds };
  switch (rotationOf(kind, olds, news, session.now())?.step) {
    case "begin":
      await assertSinkReady(session, news);
      await inUse(held);
      return verified(session, kind, news, { ...(await beginRotation(held, news)), objectId });
    case "renew":
      await assertSinkReady(session, news);
      return renew(held, news);
    case "rollBack":
      return synced(held, news, await rollBack(held));
    case "end": {
      const remote = await inUse(held);
      return synced(held, news, { remote, kept: await endRetiring(held) });
    }
    default:
      assertSameSink(kind, olds, news);
      return synced(held, news, { remote: await inUse(held), kept: olds });
  }
}

async function synced(held: Held, news: Values, { remote, kept }: Written): Promise<Recorded> {
  const { session, kind, objectId } = held;
  await aligned(held, news, remote);
  return verified(session, kind, news, { remote, kept: { ...kept, ...(await handedOverLater(session, kind, kept, news)) }, objectId });
}

async function aligned({ session, kind, olds }: Held, news: Values, remote: Remote): Promise<void> {
  assertAsserted(kind, news, remote);
  await sync(session, kind, news, remote, declaredIn(kind, olds));
}

/** A new secret for the same object: the former one stops working. One that reaches no sink is lost, and the next run renews it again. */
async function renew(held: Held, news: Values): Promise<Recorded> {
  const { session, kind, objectId, olds } = held;
  const remote = await inUse(held);
  await aligned(held, news, remote);
  const { secrets } = await session.objects(kind).renewSecret(remote.owner, remote.id);
  const kept = { ...olds, external: false };
  try {
    return await verified(session, kind, news, { remote, kept: { ...kept, ...(await handOver(session, kind, news, secrets)) }, objectId });
  } catch (error) {
    if (error instanceof PartialFailure) throw error;
    const undelivered = { ...news, rotate: olds.rotate };
    throw new PartialFailure(
      recordedOf(kind, undelivered, { remote, kept: { ...kept, token: undefined, delivery: undefined }, objectId }),
      error,
    );
  }
}

/** The object in use as it is now. Throws when it is gone, or has ended: only a person's decision makes another one. */
async function inUse({ session, kind, objectId, olds }: Held): Promise<Remote> {
  const { owner } = parseObjectId(kind, objectId);
  const remote = await session
    .objects(kind)
    .fetch(owner, idInUse(kind, objectId, olds))
    .catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
      const renew = kind.custody && `Raise \`${kind.custody.renewedBy}\` to have a new one made.`;
      throw retold(error, { advice: renew ?? "It is gone from the server: refresh, and the next run makes it again." });
    });
  assertInUse(kind, remote);
  return remote;
}

/** An object in custody that has ended is not brought back by a change: a person decides, and says so by raising a number. */
function assertInUse(kind: Kind, remote: Remote): void {
  if (!kind.custody || !isEnded(kind, remote.values)) return;
  const { statusField, renewedBy } = kind.custody;
  throw new Refused({
    subject: `${kind.name} ${remote.id}`,
    what: `is ${String(remote.values[statusField])} at the control plane and cannot be changed`,
    advice: `Raise \`${renewedBy}\` to have a new one made (refresh first, where the state does not know it yet), or remove the declaration.`,
  });
}
