const HIDDEN = "[secret]";

/** Takes every known secret out of a text before a person or a log sees it. */
export function redact(text: string, secrets: Iterable<string>): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length >= 4) clean = clean.replaceAll(secret, HIDDEN);
  }
  return clean.replace(/\bBearer\s+[^\s"',;]+/gi, `Bearer ${HIDDEN}`);
}
