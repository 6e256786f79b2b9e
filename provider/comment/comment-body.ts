import { redact } from "../http/redact.js";
import { reportMarkdown } from "../report/render/markdown.js";
import { failureMarkdown } from "./failure-markdown.js";
import type { FailedPreview, PreviewDocument } from "./preview-document.js";

export interface BodyOptions {
  /** Longest that the platform takes, in characters. */
  readonly maxCharacters: number;
  /** Where the whole report can be had; http or https. */
  readonly artefactUrl?: string | undefined;
  /** Values that no message of a failure may show. A report holds none. */
  readonly secrets: readonly string[];
}

/** What a preview left behind, as Markdown for people who review it. */
export function previewMarkdown(preview: PreviewDocument, { maxCharacters, artefactUrl, secrets }: BodyOptions): string {
  if ("failed" in preview) return failureMarkdown(withoutSecrets(preview.failed, secrets), maxCharacters);
  return reportMarkdown(preview.report, { maxCharacters, ...(artefactUrl === undefined ? {} : { artefactUrl }) });
}

/** The whole comment: the marker, and below it the preview. */
export function commentBody(marker: string, preview: PreviewDocument, options: BodyOptions): string {
  const head = `${marker}\n`;
  return head + previewMarkdown(preview, { ...options, maxCharacters: options.maxCharacters - head.length });
}

function withoutSecrets(failed: FailedPreview, secrets: readonly string[]): FailedPreview {
  return { ...failed, failures: failed.failures.map((failure) => ({ ...failure, message: redact(failure.message, secrets) })) };
}
