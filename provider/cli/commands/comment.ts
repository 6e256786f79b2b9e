import { Option } from "commander";
import {
  type BodyOptions,
  commentBody,
  FORGES,
  type ForgeName,
  markerOf,
  openForge,
  PLATFORMS,
  type Posted,
  type PreviewDocument,
  platformOf,
  postComment,
} from "../../comment/index.js";
import { EXIT, type ExitCode, InvalidInput } from "../../errors.js";
import { knownSecrets } from "../../http/known-secrets.js";
import type { Environment } from "../../http/settings.js";
import { stackCommand } from "../command-line.js";
import type { Console } from "../console.js";
import { positiveNumber } from "../options.js";
import { previewIn } from "../preview-file.js";
import { tellJob } from "../tell-job.js";

export interface CommentInput {
  readonly stackPath: string;
  readonly stackName: string;
  readonly console: Console;
  /** File with the report that a preview wrote, or with what made it fail. */
  readonly report: string;
  /** The platform; that of the job when absent. */
  readonly forge?: ForgeName | undefined;
  readonly repository?: string | undefined;
  readonly pullRequest?: number | undefined;
  /** Base of the platform's API, for one that is not the job's. */
  readonly apiUrl?: string | undefined;
  /** Where the whole report can be had. */
  readonly artefactUrl?: string | undefined;
  /** Writes the comment to standard output and sends nothing. */
  readonly dryRun: boolean;
}

/**
 * `gatehouse comment STACK`: puts what a preview found on its pull request, into the summary of the job and on the lines of the stack
 * file. Ends with 0 whatever the verdict is: that is the preview's to say. A report that cannot be read is told as a failed preview,
 * since the comment on an earlier commit would else stand for this one, and ends with 2.
 */
export async function comment(input: CommentInput, environment: Environment = process.env): Promise<ExitCode> {
  const { console, dryRun, stackName } = input;
  assertWebAddress(input.artefactUrl);
  const { preview, problem } = previewIn(input.report, input.stackPath, stackName);
  const options = { artefactUrl: input.artefactUrl, secrets: knownSecrets(environment) };
  const { text, ...done } = dryRun ? shown(input, preview, options, environment) : await sent(input, preview, options, environment);
  if (!console.asJson) console.result(text);
  // What is thrown is told as JSON by whoever catches it.
  if (problem !== undefined) throw problem;
  if (console.asJson) console.json({ command: "comment", stack: stackName, exitCode: EXIT.fine, ...done });
  return EXIT.fine;
}

type TextOptions = Pick<BodyOptions, "artefactUrl" | "secrets">;

/** What was done: in words, and for programs. */
interface Done {
  readonly text: string;
  readonly outcome: Posted["outcome"] | "dryRun";
  readonly url?: string | undefined;
  readonly body?: string;
}

function shown({ forge }: CommentInput, preview: PreviewDocument, options: TextOptions, environment: Environment): Done {
  // Where no platform is named, the shorter limit.
  const { limitCharacters } = platformOf(forge, environment) ?? PLATFORMS.github;
  const { project, stack } = "failed" in preview ? preview.failed : preview.report;
  const body = commentBody(markerOf(project, stack), preview, { ...options, maxCharacters: limitCharacters });
  return { text: body.trimEnd(), outcome: "dryRun", body };
}

async function sent(input: CommentInput, preview: PreviewDocument, options: TextOptions, environment: Environment): Promise<Done> {
  // First what needs no token: a pull request from a fork has one that only reads.
  tellJob(preview, options, environment, input.console);
  const forge = await openForge(input.forge, input, environment);
  const posted = await postComment(forge, preview, options);
  return { text: `The comment was ${WORDS[posted.outcome]}${posted.url === undefined ? "" : `: ${posted.url}`}.`, ...posted };
}

const WORDS = { created: "created", updated: "updated", unchanged: "left as it is: it says this already" } as const;

function assertWebAddress(address: string | undefined): void {
  if (address === undefined || (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol))) return;
  throw new InvalidInput({ subject: "--artefact-url", what: "is not an http or https URL", advice: "Give the page with the report." });
}

export const commentCommand = stackCommand<Omit<CommentInput, "stackPath" | "stackName" | "console">>({
  name: "comment",
  summary: "put a preview's report on its pull request, into the job's summary and on the changed lines",
  options: [
    new Option("--report <file>", "the JSON that preview --out wrote").makeOptionMandatory(),
    new Option("--forge <name>", "the platform; the job's when absent").choices(FORGES),
    new Option("--repository <name>", "the repository; the job's when absent"),
    new Option("--pull-request <number>", "the pull or merge request; the job's when absent").argParser(positiveNumber),
    new Option("--api-url <url>", "base of the platform's API, for one that is not the job's"),
    new Option("--artefact-url <url>", "where the whole report can be had"),
    new Option("--dry-run", "write the comment to standard output and send nothing").default(false),
  ],
  run: (input) => comment(input),
});
