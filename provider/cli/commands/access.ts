import { Option } from "commander";
import { EXIT, type ExitCode, InvalidInput } from "../../errors.js";
import { declaredView } from "../../policies/declared-view.js";
import type { StackView } from "../../policies/stack-view.js";
import { accessHtml, accessJson, accessMatrix, accessText, effectiveAccess } from "../../report/access/index.js";
import { htmlPage } from "../../report/render/html-page.js";
import { Html, html } from "../../report/render/html-template.js";
import type { CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { openStack } from "../engine-stack.js";
import { today } from "../guardrails.js";
import { writeOutput } from "../output-files.js";
import { targetAt } from "../target.js";
import { appliedView, liveViewOf } from "../views.js";

/** What is looked at: the declaration, what was last applied, or what is at the control planes now, undeclared objects too. */
const SOURCES = ["desired", "applied", "live"] as const;

interface AccessInput extends CommandInput {
  readonly from: (typeof SOURCES)[number];
  readonly who: string | undefined;
  readonly project: string | undefined;
  /** File for the matrix as HTML. */
  readonly html: string | undefined;
}

/** `gatehouse access STACK`: who can do what in which project, and by which way. Changes nothing. */
async function access(input: AccessInput): Promise<ExitCode> {
  const { console, stackName, from, who, project, html: file } = input;
  const effective = effectiveAccess(await viewed(input), { today: today() });
  const rows = accessMatrix(effective, { ...(who === undefined ? {} : { who }), ...(project === undefined ? {} : { project }) });
  const title = `Effective access: ${stackName}`;
  if (file !== undefined) writeOutput(file, htmlPage(title, html`<main><h1>${title}</h1>${new Html(accessHtml(rows))}</main>`));
  if (console.asJson) console.json({ command: "access", stack: stackName, from, exitCode: EXIT.fine, rows: accessJson(rows) });
  else console.result(accessText(rows, { width: process.stdout.columns ?? 120 }));
  return EXIT.fine;
}

async function viewed({ stackPath, stackName, console, from }: AccessInput): Promise<StackView> {
  const target = targetAt(stackPath);
  if (from === "desired" && target.form === "stackFile") return declaredView(target.stack);
  const isLive = from === "live";
  const stack = await openStack({ target, stackName, console, whenAbsent: isLive ? "temporary" : "none", readOnly: true });
  const named = `${target.project}/${stackName}`;
  if (from === "desired") {
    const advice = "Use --from applied or --from live, or read the report of `gatehouse preview`.";
    throw new InvalidInput({ subject: named, what: "is a program: what it declares is known by running it", advice });
  }
  if (!stack) throw new InvalidInput({ subject: named, what: "was never applied", advice: "Use --from desired, or --from live." });
  try {
    return await (isLive ? liveViewOf(stack) : appliedView(stack));
  } finally {
    stack.close();
  }
}

export const accessCommand = stackCommand<Pick<AccessInput, "from" | "who" | "project" | "html">>({
  name: "access",
  summary: "who can do what in which project, all roles and bindings together",
  options: [
    new Option("--from <what>", "what is looked at").choices(SOURCES).default("desired"),
    new Option("--who <name>", "only this person or key"),
    new Option("--project <name>", "only this project"),
    new Option("--html <file>", "write the matrix there as one HTML file"),
  ],
  run: access,
});
