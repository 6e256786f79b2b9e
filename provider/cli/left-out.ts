import { leavingOut as leavingOutWithDependents } from "./commands/preview.js";

/** What a run leaves as it is. */
export interface LeftOut {
  readonly urns: readonly string[];
  /** What depends on it is left out as well: it cannot be made before something that is not there. */
  readonly withDependents: boolean;
}

/** The engine's options for it. An object that is there and stays as it is keeps nobody from those that depend on it. */
export function leavingOut({ urns, withDependents }: LeftOut): ReturnType<typeof leavingOutWithDependents> {
  const { exclude } = leavingOutWithDependents(urns);
  return exclude === undefined ? {} : { exclude, excludeDependents: withDependents };
}
