/** Stands, where an object is checked, for a secret that is there and that the request does not repeat. */
export const KEPT_SECRET = "x".repeat(16);
