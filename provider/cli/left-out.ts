/** What a run leaves as it is. */
export interface LeftOut {
  readonly urns: readonly string[];
  /** What depends on it is left out as well: it cannot be made before something that is not there. */
  readonly withDependents: boolean;
}

/**
 * The engine's options for it. An object that is there and stays as it is keeps nobody from those that depend on it. With a refresh the
 * engine refuses an exact name that is not in the state yet, and takes a pattern: the star stands behind the stack's name, where it
 * matches nothing else.
 */
export function leavingOut({ urns, withDependents }: LeftOut): { exclude?: string[]; excludeDependents?: boolean } {
  if (urns.length === 0) return {};
  return { exclude: urns.map((urn) => urn.replace(/^(urn:pulumi:[^:]+)::/, "$1*::")), excludeDependents: withDependents };
}
