import { Option } from "commander";
import { EXIT, type ExitCode, InvalidInput } from "../../errors.js";
import { judge } from "../../policies/judge.js";
import { RULES } from "../../policies/rules/index.js";
import { stops, toldViolations } from "../../report/violations.js";
import { violationsSummary, violationsText } from "../../report/violations-text.js";
import type { CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { openStack } from "../engine-stack.js";
import { placeIn, today } from "../guardrails.js";
import { sarifOption } from "../options.js";
import { writeSarif } from "../sarif-file.js";
import { targetAt } from "../target.js";
import { appliedView, liveViewOf } from "../views.js";

/** What is judged: the last applied state, or everything at the control planes, undeclared objects too. */
const SOURCES = ["applied", "live"] as const;

interface AuditInput extends CommandInput {
  readonly from: (typeof SOURCES)[number];
}

/** `gatehouse audit STACK`: the guardrails over what is there. Changes nothing; exits 3 when a mandatory one is violated. */
async function audit({ stackPath, stackName, console, from, sarif, refresh }: AuditInput): Promise<ExitCode> {
  const target = targetAt(stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: from === "live" ? "temporary" : "none", readOnly: true });
  if (!stack) {
    throw new InvalidInput({
      subject: `${target.project}/${stackName}`,
      what: "was never applied",
      advice: "Run `gatehouse up` first, or judge what is at the control plane with --from live.",
    });
  }
  try {
    const view = await (from === "applied" ? appliedView(stack) : liveViewOf(stack, { console, refresh }));
    const verdicts = judge(RULES, view, { today: today() });
    const violations = toldViolations(verdicts, [], placeIn(target));
    const exitCode = violations.some(stops) ? EXIT.stopped : EXIT.fine;
    writeSarif(sarif, stackPath, { violations });
    if (console.asJson) console.json({ command: "audit", stack: stackName, from, exitCode, objects: view.objects.length, violations });
    else {
      const summary = violationsSummary(violations) || "nothing against it";
      console.result([...violationsText(violations), `${view.objects.length} objects judged: ${summary}.`].join("\n"));
    }
    return exitCode;
  } finally {
    stack.close();
  }
}

export const auditCommand = stackCommand<Pick<AuditInput, "from">>({
  name: "audit",
  summary: "judge what is there by the guardrails; changes nothing",
  options: [new Option("--from <what>", "what is judged").choices(SOURCES).default("applied"), sarifOption()],
  run: audit,
});
