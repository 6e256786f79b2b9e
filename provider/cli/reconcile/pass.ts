import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXIT, InvalidInput } from "../../errors.js";
import { exitCodeOf } from "../../reconcile/index.js";
import { placedGates } from "../../report/placed-gates.js";
import { applyPlan } from "../apply-plan.js";
import type { Console } from "../console.js";
import type { RunOutcome } from "../engine-run.js";
import { type OpenStack, openStack } from "../engine-stack.js";
import { gated } from "../gated.js";
import { type GuardedOutcome, placeIn } from "../guardrails.js";
import { plan } from "../plan.js";
import { prepared } from "../prepared.js";
import { summaryText } from "../render.js";
import { type StateResource, stateResources } from "../state.js";
import { assertSameState, stateDigest } from "../state-digest.js";
import { targetAt } from "../target.js";
import { unmanagedIn } from "../unmanaged.js";
import { waitingIn } from "../waiting.js";
import { leftChanges, madeChanges, type PassDocument, toldFindings, toldUnmanaged } from "./pass-document.js";
import { heldByGuardrails, type Settled, settle } from "./settle.js";

export interface PassInput {
  readonly stackPath: string;
  readonly stackName: string;
  readonly console: Console;
}

/**
 * One pass: brings the control plane to what is checked out, as far as the policy, the guardrails and the gates let it, and tells the
 * rest. Throws InvalidInput for a stack that was never applied, and StackHeld while another run holds it.
 */
export async function reconcilePass(input: PassInput): Promise<PassDocument> {
  const { stackName, console } = input;
  const target = targetAt(input.stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "none", readOnly: false });
  if (!stack) {
    throw new InvalidInput({
      subject: `${target.project}/${stackName}`,
      what: "was never applied, and the first time is a person's to look at",
      advice: "Run `gatehouse up` first, or name another --stack.",
    });
  }
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-plan-"));
  try {
    const { resources } = await prepared(stack, console, false);
    return await passOver(stack, input, resources, join(folder, "plan.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    stack.close();
  }
}

async function passOver(
  stack: OpenStack,
  { stackPath, stackName, console }: PassInput,
  resources: readonly StateResource[],
  planFile: string,
): Promise<PassDocument> {
  const began = Date.now();
  const judgedState = stateDigest(resources);
  const first = await plan(stack, { console, refresh: true }, planFile);
  const document = documentOf(stackName, began);
  const up = `gatehouse up ${stackPath} --stack ${stackName}`;
  // A key that somebody took away is news, whatever keeps the pass from its work.
  const findings = toldFindings(first.findings, up);
  if (first.exitCode === EXIT.stopped) return document({ outcome: first, findings, left: leftChanges(heldByGuardrails(first, up)) });
  if (first.exitCode !== EXIT.fine) return document({ outcome: first, findings });

  // A closed gate stops what it is about, and not the rest of the pass.
  const whole = { ...(await gated(stack, first, "reconcile")), exitCode: EXIT.fine };
  const waiting = waitingIn(stack, whole, resources);
  const settled = await settle({ stack, console, whole, waiting, planFile, up });
  const outcome = await apply(stack, console, settled, judgedState, planFile);
  const isDone = outcome.exitCode === EXIT.fine;
  const swept = settled.decisions.flatMap(({ planned }) => planned.swept);
  const persons = new Set(settled.decisions.flatMap(({ held, planned }) => (held?.by === "person" ? [planned.change.name] : [])));
  return document({
    outcome: { ...outcome, violations: whole.violations },
    repaired: madeChanges(settled.decisions, outcome.changes, "drift"),
    changed: madeChanges(settled.decisions, outcome.changes, "declaration"),
    left: leftChanges(settled.decisions),
    findings,
    ends: whole.ends,
    unmanaged: isDone ? toldUnmanaged(await unmanagedIn(stack, await stateResources(stack)), swept, up) : [],
    gates: placedGates({ closed: settled.closed, opened: whole.gates.opened }, placeIn(stack.target)),
    steps: waiting.open.filter(({ object }) => persons.has(object)),
    later: waiting.later.filter((name) => persons.has(name)),
  });
}

/** Makes what was settled, and nothing else. A pass without a change makes no run. */
async function apply(stack: OpenStack, console: Console, settled: Settled, judgedState: string, planFile: string): Promise<RunOutcome> {
  const { plan: made, leftOut } = settled;
  if (made.exitCode !== EXIT.fine || made.changes.length === 0) return { ...made, changes: [] };
  await assertSameState(stack, judgedState);
  console.progress(`Applying: ${summaryText(made.changes, "planned")} …`);
  return applyPlan(stack, made, { console, refresh: true, planFile, leftOut });
}

type Told = Omit<PassDocument, "command" | "stack" | "at" | "inSync" | "failures" | "violations" | "durationSeconds" | "exitCode">;

const NOTHING: Told = {
  repaired: [],
  changed: [],
  left: [],
  findings: [],
  unmanaged: [],
  ends: [],
  gates: { closed: [], opened: [] },
  steps: [],
  later: [],
};

function documentOf(stackName: string, began: number): (told: Partial<Told> & { readonly outcome: GuardedOutcome }) => PassDocument {
  return ({ outcome, ...given }) => {
    const told = { ...NOTHING, ...given };
    const isLeft = told.left.length + told.findings.length + told.unmanaged.length > 0;
    const waits = told.steps.length + told.later.length > 0;
    const exitCode = exitCodeOf({ engine: outcome.exitCode, isStopped: told.gates.closed.length > 0, waits, isLeft });
    return {
      command: "reconcile",
      stack: stackName,
      at: new Date(began).toISOString(),
      inSync: exitCode === EXIT.fine && told.repaired.length + told.changed.length === 0,
      ...told,
      violations: outcome.violations,
      failures: outcome.failures,
      durationSeconds: (Date.now() - began) / 1000,
      exitCode,
    };
  };
}
