/** Characters that a slug may have. */
const LONGEST_SLUG = 63;

/** Lower-case letters, digits and single hyphens of a name; empty where it has none. */
export function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  return words.join("-").slice(0, LONGEST_SLUG).replace(/-$/, "");
}
