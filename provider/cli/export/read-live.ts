import type { Kind } from "../../../schema/kind.js";
import { REMOTE_KINDS } from "../../../schema/kinds/index.js";
import { guessOf, supportOf } from "../../adapters/support.js";
import { Forbidden, GatehouseError, Refused } from "../../errors.js";
import type { UnreadKind } from "../../export/remarks.js";
import type { Session } from "../../lifecycle/session.js";
import type { ListedObject } from "../../unmanaged/question.js";
import type { Console } from "../console.js";
import { liveObjects } from "../live-objects.js";

export interface LiveRead {
  readonly objects: readonly ListedObject[];
  readonly unread: readonly UnreadKind[];
}

/** Everything that a session reaches. What this credential may not read is told and left out; sends nothing but reads. */
export async function readLive(session: Session, console: Console): Promise<LiveRead> {
  const objects: ListedObject[] = [];
  const unread: UnreadKind[] = [];
  for (const kind of REMOTE_KINDS) {
    const why = session.reaches(kind) ? undefined : whyUnreached(session, kind);
    if (why !== undefined) unread.push({ kind: kind.name, why });
    if (!session.reaches(kind)) continue;
    console.progress(`Reading every ${kind.name} …`);
    const read = await readable(session, kind);
    if (!(read instanceof GatehouseError)) objects.push(...read);
    else unread.push({ kind: kind.name, why: read.parts.what });
  }
  return { objects, unread };
}

async function readable(session: Session, kind: Kind): Promise<readonly ListedObject[] | GatehouseError> {
  try {
    return await liveObjects(session, [kind]);
  } catch (error) {
    if (error instanceof Forbidden || error instanceof Refused) return error;
    throw error;
  }
}

/** Undefined for what the system has not: nobody misses it. */
function whyUnreached({ adapter }: Session, kind: Kind): string | undefined {
  const support = supportOf(adapter, kind);
  if ("lacking" in support) return undefined;
  const guess = guessOf(support);
  return guess === undefined
    ? `${adapter.title} has no API to read it with`
    : `calls for it are assumed (${guess.why}): --allow-assumed reads it all the same`;
}
