const SHOWN = 3;

/** `a, b, c and 4 more`. */
export function someOf(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return more > 0 ? `${names.slice(0, SHOWN).join(", ")} and ${more} more` : names.join(", ");
}
