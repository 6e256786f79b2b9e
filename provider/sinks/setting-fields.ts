import { type Flags, json } from "../../schema/field.js";

/** Where an operator keeps a secret of a sink. Never the secret itself, and never a command. */
export type SecretSource = { readonly env: string; readonly file?: never } | { readonly file: string; readonly env?: never };

const SECRET_SOURCE = {
  type: "object",
  title: "{ env: NAME } or { file: PATH }",
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: {
    env: { type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_]*$", title: "the name of an environment variable" },
    file: { type: "string", pattern: "^/", title: "an absolute path" },
  },
};

/** A secret that a sink needs, by reference. Any variable may be named: the file is the operator's own. */
export function secretSource<const F extends Flags>(options: F = {} as F) {
  return json<SecretSource, F & { readonly secret: true }>(SECRET_SOURCE, { ...options, secret: true });
}

/** A text of a form that `title` says in words, after "must be". */
export function matching<const F extends Flags>(pattern: string, title: string, options: F = {} as F) {
  return json<string, F>({ type: "string", pattern, title }, options);
}

/** A path of the machine that runs Gatehouse. Relative ones would mean another file in every folder. */
export function absolutePath<const F extends Flags>(options: F = {} as F) {
  return matching("^/", "an absolute path", options);
}

const AUTHORITY = "[^/?#@\\s\\\\]+";
const LOOPBACK = "(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d{1,5})?";
const PATH = "(/[^?#\\s\\\\]*)?";
const HTTPS_ADDRESS = "an https URL without user, query and fragment";

/** Where a sink answers: over https, or on loopback. */
export function address<const F extends Flags>(options: F = {} as F) {
  return matching(`^(https://${AUTHORITY}|http://${LOOPBACK})${PATH}$`, `${HTTPS_ADDRESS}, or an http one on this machine`, options);
}

/** Where a sink answers whose SDK speaks https alone, on loopback too. */
export function httpsAddress<const F extends Flags>(options: F = {} as F) {
  return matching(`^https://${AUTHORITY}${PATH}$`, HTTPS_ADDRESS, options);
}
