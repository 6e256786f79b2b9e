import { Option } from "commander";
import { EXIT, type ExitCode, InvalidInput } from "../../errors.js";
import { declaredView } from "../../policies/declared-view.js";
import { judge } from "../../policies/judge.js";
import { RULES } from "../../policies/rules/index.js";
import { StackView } from "../../policies/stack-view.js";
import { stops, toldViolations } from "../../report/violations.js";
import { violationsSummary, violationsText } from "../../report/violations-text.js";
import { today } from "../../today.js";
import type { CommandInput } from "../command.js";
import { stackCommand } from "../command-line.js";
import { allEnds, endsText, overdueFindings } from "../ends-ahead.js";
import { openStack } from "../engine-stack.js";
import { placeIn } from "../guardrails.js";
import { sarifOption } from "../options.js";
import { findingsText } from "../render.js";
import { writeSarif } from "../sarif-file.js";
import { stateResources } from "../state.js";
import { appliedFindings, liveFindings } from "../state-findings.js";
import { type Target, targetAt } from "../target.js";
import { appliedView, liveViewOf } from "../views.js";

/** What is judged: the last applied state, or everything at the control planes, undeclared objects too. */
const SOURCES = ["applied", "live"] as const;

interface AuditInput extends CommandInput {
  readonly from: (typeof SOURCES)[number];
}

/**
 * `gatehouse audit STACK`: the guardrails over what is there, and what the gates would have to say of it as it stands. Changes nothing;
 * exits 3 when a mandatory guardrail is violated or something is out of order. Lists whatever ends some day, which is no disorder before
 * that day.
 */
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
    const resources = await stateResources(stack);
    const view = governed(from === "applied" ? appliedView(resources) : await liveViewOf(stack, resources, { console, refresh }), target);
    const outOfOrder = from === "applied" ? appliedFindings(resources) : await liveFindings(stack, view, resources);
    const ends = allEnds(target, view, today()).filter(({ isSpent }) => !isSpent);
    const findings = [...outOfOrder, ...overdueFindings(ends)];
    const violations = toldViolations(judge(RULES, view, { today: today() }), [], placeIn(target));
    const exitCode = violations.some(stops) || findings.length > 0 ? EXIT.stopped : EXIT.fine;
    writeSarif(sarif, stackPath, { violations });
    const objects = view.objects.length;
    if (console.asJson) console.json({ command: "audit", stack: stackName, from, exitCode, objects, violations, findings, ends });
    else {
      const disorder = findings.length === 0 ? "" : `${findings.length} out of order`;
      const summary = [violationsSummary(violations), disorder].filter((part) => part !== "").join("; ") || "nothing against it";
      console.result(
        [...violationsText(violations), ...findingsText(findings), ...endsText(ends), `${objects} objects judged: ${summary}.`].join("\n"),
      );
    }
    return exitCode;
  } finally {
    stack.close();
  }
}

/** The rules of the house are those that were applied; before the first time, those that are declared. */
function governed(view: StackView, target: Target): StackView {
  if (view.of("Governance").length > 0 || target.form === "program") return view;
  return new StackView([...view.objects, ...declaredView(target.stack).of("Governance")]);
}

export const auditCommand = stackCommand<Pick<AuditInput, "from">>({
  name: "audit",
  summary: "judge what is there: guardrails, administrators, keys out of order, what ends when; changes nothing",
  options: [new Option("--from <what>", "what is judged").choices(SOURCES).default("applied"), sarifOption()],
  run: audit,
});
