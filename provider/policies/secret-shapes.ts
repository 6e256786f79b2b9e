/** What the secrets of the systems, of providers and of common services begin with, or look like as a whole. */
const SHAPES: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_-]{16,}/,
  /\b(?:flo_sk|fl_live|qk|ghp|gho|ghs|github_pat|glpat|xox[abprs])[-_][A-Za-z0-9_-]{12,}/,
  /\bAIza[A-Za-z0-9_-]{30,}/,
  /\bAKIA[A-Z0-9]{16}\b/,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bBearer\s+[A-Za-z0-9._~+/-]{16,}/i,
];

/** Names under which a free setting holds a secret: `embedding_api_key`, `AUTH_PASSWORD`, `authorization`. */
const NAMES = /(?:^|[_.-])(?:api[_-]?key|secret[_-]?key|secret|password|passwd|access[_-]?token|auth[_-]?token|authorization)$/i;

/** True for a text that looks like a secret, wherever it stands. */
export function looksLikeSecret(text: string): boolean {
  return SHAPES.some((shape) => shape.test(text));
}

/** True for a free setting whose name says that it is a secret, unless its value only refers to a variable (`${authPassword}`). */
export function isNamedLikeSecret(name: string, text: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  return NAMES.test(words) && text !== "" && !/\$\{\w+\}|\{\{\w+\}\}/.test(text);
}
