import type { ObjectApi } from "./adapter.js";

/**
 * Projects of a system that archives them and keeps their data. An archived one is no longer in the way of anything: it is not
 * among those that are there, and its removal leaves nothing to do. A person may still read it by its id.
 */
export function archivedInsteadOfRemoved(plain: ObjectApi): ObjectApi {
  return {
    ...plain,
    list: async (owner) => (await plain.list(owner)).filter(({ values }) => values.status !== "archived"),
    async remove(owner, id) {
      const { values } = await plain.fetch(owner, id);
      if (values.status !== "archived") await plain.update(owner, id, { status: "archived" });
    },
  };
}
