import type { Kind } from "../../schema/kind.js";
import type { Remote, Revealed } from "../adapters/adapter.js";
import { AlreadyExists, NotFound, Refused } from "../errors.js";
import { backAt, NO_RETIRING, retiringFrom, retiringIn } from "../rotation/values.js";
import { handBack, handOver, withdraw } from "./hand-over.js";
import { isEnded } from "./is-ended.js";
import { idInUse } from "./live-ids.js";
import { findByKey, removeIfThere } from "./lookup.js";
import { parseObjectId } from "./object-id.js";
import { sentInputs } from "./outputs.js";
import type { Written } from "./recorded.js";
import { retiringName } from "./retiring-name.js";
import { resolvedSecrets } from "./secrets.js";
import type { Session } from "./session.js";
import type { Values } from "./values.js";

/** An object with a secret, as the state holds it. */
export interface Held {
  readonly session: Session;
  readonly kind: Kind;
  /** Id of the state, which stays through all rotations. */
  readonly objectId: string;
  readonly olds: Values;
}

/**
 * Makes a second object under the name of the one in use, which goes on under another name. When the secret does not reach its sink,
 * the former stays in use, and nothing is left of the new one. Throws NotDelivered then.
 */
export async function beginRotation(held: Held, news: Values): Promise<Written> {
  const { session, kind, objectId, olds } = held;
  const { owner } = parseObjectId(kind, objectId);
  const api = session.objects(kind);
  const former = idInUse(kind, objectId, olds);
  const name = nameField(kind);
  await endRetiring(held);
  await api.update(owner, former, { [name]: retiringName(String(olds[name]), former) });
  const { remote, secrets } = await madeAnew(held, owner, news);
  const since = session.now();
  let kept: Values;
  try {
    kept = await handOver(session, kind, news, secrets);
  } catch (error) {
    await withdraw(session, kind, remote);
    await api.update(owner, former, { [name]: olds[name] });
    throw error;
  }
  return { remote, kept: { ...olds, ...kept, external: false, retiring: retiringFrom(olds, former, since), formerToken: olds.token } };
}

/** Ends the retiring object. It may be gone already. */
export async function endRetiring({ session, kind, objectId, olds }: Held): Promise<Values> {
  const retiring = retiringIn(olds);
  if (retiring !== undefined) await removeIfThere(session, kind, parseObjectId(kind, objectId).owner, retiring.keyId);
  return { ...olds, ...NO_RETIRING };
}

/** Puts the retiring object into use again, in its sink too, and ends the one that followed it. Refused when it has ended meanwhile. */
export async function rollBack({ session, kind, objectId, olds }: Held): Promise<Written> {
  const retiring = retiringIn(olds);
  const { owner } = parseObjectId(kind, objectId);
  const former = retiring && (await session.objects(kind).fetch(owner, retiring.keyId).catch(onlyGone));
  if (retiring === undefined || former === undefined || isEnded(kind, former.values)) {
    throw new Refused({
      subject: `${kind.name} ${objectId}`,
      what: "cannot go back to the former key, which has ended",
      advice: "Declare the number of `rotate` that is in the state, or a higher one to have another key made.",
    });
  }
  const delivery = await handBack(session, olds, olds.delivery, retiring.delivery);
  await removeIfThere(session, kind, owner, idInUse(kind, objectId, olds));
  return { remote: former, kept: { ...olds, ...backAt(olds, delivery) } };
}

/**
 * The new object. One of its name that is in the way is what a killed run left: it appeared after the former took another name, so that
 * nobody has its secret.
 */
async function madeAnew({ session, kind, olds }: Held, owner: string | undefined, news: Values): Promise<Revealed> {
  const api = session.objects(kind);
  const make = () => api.create(owner, resolvedSecrets(kind, sentInputs(kind, news), session.environment));
  try {
    return await make();
  } catch (error) {
    const left = error instanceof AlreadyExists ? await findByKey(session, kind, news) : undefined;
    if (left === undefined || !isLeftover(left, olds)) throw error;
    await removeIfThere(session, kind, owner, left.id);
    return make();
  }
}

function isLeftover({ values, createdAt }: Remote, { issuedAt }: Values): boolean {
  return (
    values.lastUsedAt === undefined &&
    (createdAt === undefined || issuedAt === undefined || Date.parse(createdAt) >= Date.parse(String(issuedAt)))
  );
}

/** The field that a retiring object gives up to the one that follows it. */
function nameField(kind: Kind): string {
  return kind.key[0] ?? "name";
}

/**
 * The retiring object as it is now: its last use decides when it ends. One that somebody has ended already is none any more, and the state
 * forgets it.
 */
export async function observedRetiring(session: Session, kind: Kind, objectId: string, olds: Values): Promise<Values> {
  const retiring = retiringIn(olds);
  if (retiring === undefined) return {};
  const { owner } = parseObjectId(kind, objectId);
  const listed = (await session.list(kind, owner)).find(({ id }) => id === retiring.keyId);
  if (listed === undefined || isEnded(kind, listed.values)) return NO_RETIRING;
  const { lastUsedAt } = listed.values;
  return { retiring: { ...retiring, ...(lastUsedAt === undefined ? {} : { lastUsedAt }) } };
}

function onlyGone(error: unknown): undefined {
  if (!(error instanceof NotFound)) throw error;
  return undefined;
}
