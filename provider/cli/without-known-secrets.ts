import { knownSecrets } from "../http/known-secrets.js";
import { redact } from "../http/redact.js";
import { withoutSecretShapes } from "../report/without-secrets.js";

/**
 * A text of others without the secrets that this process was given, and without what looks like one. For failures, where they come in:
 * whoever tells them later, in a comment from another job, has not these secrets to take out.
 */
export function withoutKnownSecrets(text: string): string {
  return withoutSecretShapes(redact(text, knownSecrets(process.env)));
}
