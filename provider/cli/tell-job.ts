import { appendStepSummary, type PreviewDocument } from "../comment/index.js";
import type { Environment } from "../http/settings.js";
import { githubAnnotations } from "../report/render/annotations.js";
import type { Console } from "./console.js";

/** The summary of the job and the annotations, in a job of GitHub Actions. */
export function tellJob(
  preview: PreviewDocument,
  options: { readonly artefactUrl?: string | undefined; readonly secrets: readonly string[] },
  environment: Environment,
  console: Console,
): void {
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_ACTIONS: actions } = environment;
  if (summary && !appendStepSummary(summary, preview, options)) console.progress("The summary of this step is full: nothing was added.");
  if (actions !== "true" || !("report" in preview)) return;
  const annotations = githubAnnotations(preview.report).trimEnd();
  if (annotations !== "") console.runnerCommands(annotations);
}
