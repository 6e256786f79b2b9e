import { type Kind, ownerField } from "../../schema/kind.js";
import { REMOTE_KINDS } from "../../schema/kinds/index.js";
import type { Remote } from "../adapters/adapter.js";
import { NotFound } from "../errors.js";
import { formatObjectId } from "../lifecycle/object-id.js";
import type { Session } from "../lifecycle/session.js";
import type { ListedObject } from "../unmanaged/question.js";

/** Everything of these kinds that a session can read, the objects below the chosen owners too. One request a list. */
export async function liveObjects(
  session: Session,
  kinds: readonly Kind[],
  isChosen: (owner: Remote, kind: Kind) => boolean = () => true,
): Promise<readonly ListedObject[]> {
  const found: ListedObject[] = [];
  for (const kind of kinds.filter((one) => session.reaches(one))) {
    const remotes = (await Promise.all((await ownersOf(session, kind, isChosen)).map((owner) => listed(session, kind, owner)))).flat();
    found.push(...remotes.map((remote) => ({ kind, remote, id: formatObjectId(kind, remote) })));
  }
  return found;
}

/** Ids of the objects that a kind is listed below, or one undefined for kinds that stand alone. */
async function ownersOf(
  session: Session,
  kind: Kind,
  isChosen: (owner: Remote, kind: Kind) => boolean,
): Promise<readonly (string | undefined)[]> {
  const owner = ownerField(kind);
  const ownerKind = REMOTE_KINDS.find((k) => k.name === (owner === undefined ? undefined : kind.fields[owner]?.reference?.kind));
  if (ownerKind === undefined) return [undefined];
  return (await session.list(ownerKind, undefined)).filter((remote) => isChosen(remote, ownerKind)).map(({ id }) => id);
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
