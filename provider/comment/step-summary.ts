import { appendFileSync, statSync } from "node:fs";
import { previewMarkdown } from "./comment-body.js";
import type { PreviewDocument } from "./preview-document.js";

/** What GitHub takes for one step, in bytes. */
const LIMIT_BYTES = 1024 * 1024;
/** A UTF-16 code unit takes three bytes at most. */
const BYTES_PER_CHARACTER = 3;
const LEAST_CHARACTERS = 2000;

/** Adds the preview to the summary of a job. Says false, and adds nothing, when too little room is left in it. */
export function appendStepSummary(
  file: string,
  preview: PreviewDocument,
  options: { readonly artefactUrl?: string | undefined; readonly secrets: readonly string[] },
): boolean {
  const room = LIMIT_BYTES - (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  const maxCharacters = Math.floor(room / BYTES_PER_CHARACTER) - 1;
  if (maxCharacters < LEAST_CHARACTERS) return false;
  appendFileSync(file, `${previewMarkdown(preview, { ...options, maxCharacters })}\n`);
  return true;
}
