import { Option } from "commander";
import { EXIT, type ExitCode, InvalidInput } from "../../errors.js";
import { declaredView } from "../../policies/declared-view.js";
import type { StackView } from "../../policies/stack-view.js";
import { accessHtml, accessJson, accessMatrix, accessText, effectiveAccess, namesIn } from "../../report/access/index.js";
import { htmlPage } from "../../report/render/html-page.js";
import { html } from "../../report/render/html-template.js";
import { didYouMean } from "../../stackfile/index.js";
import { today } from "../../today.js";
import type { CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { type OpenStack, openStack } from "../engine-stack.js";
import { writeOutput } from "../output-files.js";
import { type StateResource, stateResources } from "../state.js";
import { targetAt } from "../target.js";
import { appliedView, liveViewOf, plannedView } from "../views.js";

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
  const view = await viewed(input);
  const effective = effectiveAccess(view, { today: today() });
  assertNamed(input, namesIn(view, effective));
  const rows = accessMatrix(effective, { ...(who === undefined ? {} : { who }), ...(project === undefined ? {} : { project }) });
  const title = `Effective access: ${stackName}`;
  if (file !== undefined) writeOutput(file, htmlPage(title, html`<main><h1>${title}</h1>${accessHtml(rows)}</main>`));
  if (console.asJson) console.json({ command: "access", stack: stackName, from, exitCode: EXIT.fine, rows: accessJson(rows) });
  else console.result(accessText(rows, { width: process.stdout.columns ?? 120 }));
  return EXIT.fine;
}

/** A misspelt name would read as nobody's access. */
function assertNamed(input: AccessInput, names: ReturnType<typeof namesIn>): void {
  for (const option of ["who", "project"] as const) {
    const asked = input[option];
    if (asked === undefined || names[option].some((name) => name.toLowerCase() === asked.toLowerCase())) continue;
    throw new InvalidInput({
      subject: `--${option} ${asked}`,
      what: `names no ${SOUGHT[option]} (--from ${input.from})${didYouMean(asked, names[option])}`,
      advice: `Leave --${option} out to see all.`,
    });
  }
}

const SOUGHT = { who: "person and no key there", project: "project there" } as const;

async function viewed({ from, ...input }: AccessInput): Promise<StackView> {
  const { stackPath, stackName, console } = input;
  const target = targetAt(stackPath);
  if (from === "desired" && target.form === "stackFile") return declaredView(target.stack);
  const stack = await openStack({ target, stackName, console, whenAbsent: from === "applied" ? "none" : "temporary", readOnly: true });
  if (!stack) {
    const advice = "Use --from desired, or --from live.";
    throw new InvalidInput({ subject: `${target.project}/${stackName}`, what: "was never applied", advice });
  }
  try {
    return await VIEWS[from](stack, await stateResources(stack), input);
  } finally {
    stack.close();
  }
}

type Look = (stack: OpenStack, resources: readonly StateResource[], input: CommandInput) => Promise<StackView>;

const VIEWS: Readonly<Record<AccessInput["from"], Look>> = {
  desired: plannedView,
  applied: async (_stack, resources) => appliedView(resources),
  live: liveViewOf,
};

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
