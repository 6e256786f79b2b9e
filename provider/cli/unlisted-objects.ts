import type { Kind } from "../../schema/kind.js";
import type { KindName } from "../../schema/kinds/index.js";
import { NotFound } from "../errors.js";
import { parseObjectId } from "../lifecycle/object-id.js";
import type { Session } from "../lifecycle/session.js";
import type { ListedObject } from "../unmanaged/question.js";

/** An object that a stack manages, with its id as the state holds it. */
interface Managed {
  readonly kind: KindName;
  readonly id?: string | undefined;
}

/** Managed objects that are there and that no list shows: what is archived, where a system lists what is in use. One request an object. */
export async function unlistedObjects(
  session: Session,
  kinds: readonly Kind[],
  managed: readonly Managed[],
  listed: readonly ListedObject[],
): Promise<readonly ListedObject[]> {
  const isListed = (kind: Kind, id: string) => listed.some((one) => one.kind.name === kind.name && one.id === id);
  const missing = managed.flatMap(({ kind: name, id }) => {
    const kind = kinds.find((one) => one.name === name);
    return kind === undefined || id === undefined || kind.singleton || isListed(kind, id) ? [] : [{ kind, id }];
  });
  return (await Promise.all(missing.map(({ kind, id }) => fetched(session, kind, id)))).flat();
}

async function fetched(session: Session, kind: Kind, id: string): Promise<readonly ListedObject[]> {
  const address = parseObjectId(kind, id);
  try {
    return [{ kind, id, remote: await session.objects(kind).fetch(address.owner, address.id) }];
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}
