import { readFileSync } from "node:fs";
import { type PreviewDocument, parsePreview, type UnreadablePreview } from "../comment/index.js";
import { InvalidInput } from "../errors.js";
import { projectNameAt } from "./project-name.js";

export interface ReadPreview {
  readonly preview: PreviewDocument;
  /** Why the file says nothing. */
  readonly problem?: InvalidInput;
}

/**
 * What the preview of a stack left in a file. A file that says nothing is taken for a failed preview.
 * @throws InvalidInput for the report of another stack, and for a file that says nothing of a stack without a name
 */
export function previewIn(file: string, stackPath: string, stack: string): ReadPreview {
  const project = projectNameAt(stackPath);
  const read = parsedFile(file);
  if (!("problems" in read)) {
    const of = "failed" in read ? read.failed : read.report;
    if (of.stack === stack && of.project === (project ?? of.project)) return { preview: read };
    const what = `is of ${of.project}/${of.stack}, and not of ${project ?? of.project}/${stack}`;
    throw new InvalidInput({ subject: file, what, advice: "Give the report of this stack, or the stack of this report (--stack)." });
  }
  const problem = new InvalidInput({
    subject: file,
    what: `is no report: ${read.problems.join("; ")}`,
    advice: "Give the file that `gatehouse preview --out` wrote; if it wrote none, its own output says why.",
  });
  if (project === undefined) throw problem;
  const failures = [{ message: "The preview left no report that can be read. The log of the job says why." }];
  return { preview: { failed: { project, stack, failures } }, problem };
}

function parsedFile(file: string): PreviewDocument | UnreadablePreview {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    return { problems: [`it cannot be read (${(error as NodeJS.ErrnoException).code})`] };
  }
  return parsePreview(text);
}
