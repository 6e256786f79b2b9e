import type { WireChannel, WireModel, WireProject, WireRole, WireSettings, WireUser } from "./wire.js";

/** The collections of the server, by what one of their items is. There is no read of a single item. */
export interface Listed {
  readonly Model: WireModel;
  readonly Project: WireProject;
  readonly User: WireUser;
  readonly Role: WireRole;
  readonly Channel: WireChannel;
}
export type ListName = keyof Listed;

interface List<T> {
  readonly path: string;
  /** Where the items stand in the answer; the answer itself when absent. */
  readonly itemsIn?: (answer: unknown) => unknown;
  /** Items that a reset of the collection leaves, because they are in no file. */
  readonly isBuiltIn?: (item: T) => boolean;
  /** Whoever asks is in it, or has one of it. */
  readonly isNeverEmpty?: true;
}

export const LISTS: { readonly [L in ListName]: List<Listed[L]> } = {
  Model: { path: "/api/models" },
  Project: { path: "/api/projects" },
  User: { path: "/api/users", isNeverEmpty: true },
  Role: { path: "/api/roles", isNeverEmpty: true, isBuiltIn: ({ builtin }) => builtin === true },
  Channel: { path: "/api/settings", itemsIn: (answer) => (answer as WireSettings).notifications?.channels ?? [] },
};

/** What of a list a reset would take away. */
export function losable<L extends ListName>(name: L, items: readonly Listed[L][]): readonly Listed[L][] {
  const { isBuiltIn = () => false } = LISTS[name];
  return items.filter((item) => !isBuiltIn(item));
}
