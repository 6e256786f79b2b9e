import type { Kind } from "../../schema/kind.js";
import type { KindName } from "../../schema/kinds/index.js";
import type { Adapter, ObjectApi } from "./adapter.js";

type Values = Readonly<Record<string, unknown>>;

const ARCHIVED = "archived";

/**
 * Projects of a system that archives them and keeps their data. An archived one is no longer in the way of anything: it is not
 * among those that are there, and its removal leaves nothing to do. A person may still read it by its id.
 */
export function archivedInsteadOfRemoved(plain: ObjectApi): ObjectApi {
  return {
    ...plain,
    list: async (owner) => (await plain.list(owner)).filter(({ values }) => !isArchived(values)),
    async remove(owner, id) {
      const { values } = await plain.fetch(owner, id);
      if (!isArchived(values)) await plain.update(owner, id, { status: ARCHIVED });
    },
  };
}

/** True when a removal archives objects of this kind there, so that nothing of them is lost. */
export function archivesInsteadOfRemoving(adapter: Adapter, kind: Kind): boolean {
  return adapter.kinds[kind.name as KindName]?.archivedInsteadOfRemoved === true;
}

/** True for an object in such an archive: a removal leaves it as it is. */
export function isKeptInArchive(adapter: Adapter, kind: Kind, values: Values): boolean {
  return archivesInsteadOfRemoving(adapter, kind) && isArchived(values);
}

function isArchived({ status }: Values): boolean {
  return status === ARCHIVED;
}
