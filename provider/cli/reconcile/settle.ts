import { EXIT, StackHeld } from "../../errors.js";
import { type Closed, changeSetOf, judgeGates } from "../../gates/index.js";
import { matchesPattern } from "../../lifecycle/matches-pattern.js";
import { type Decision, decide, holdAll, holdBack, keptSteps, plannedChangesIn, policyIn } from "../../reconcile/index.js";
import type { Console } from "../console.js";
import { runEngine } from "../engine-run.js";
import type { OpenStack } from "../engine-stack.js";
import type { GatedOutcome } from "../gated.js";
import { type GuardedOutcome, guarded, today, WITH_GUARDRAILS } from "../guardrails.js";
import type { Waiting } from "../waiting.js";
import { type LeftOut, leavingOut } from "./left-out.js";

/** What a pass is going to do. */
export interface Settled {
  readonly decisions: readonly Decision[];
  /** The plan that holds what is made and nothing else. */
  readonly plan: GuardedOutcome;
  readonly leftOut: LeftOut;
  /** What gates stopped on the way. */
  readonly closed: readonly Closed[];
}

export interface Question {
  readonly stack: OpenStack;
  readonly console: Console;
  readonly whole: GatedOutcome;
  readonly waiting: Waiting;
  readonly planFile: string;
  /** The command that applies the stack. */
  readonly up: string;
}

/** Decides on a whole plan, and plans again without what is held back until no gate stops what is left. */
export async function settle(question: Question): Promise<Settled> {
  const { whole, waiting, up } = question;
  const approved = whole.gates.opened.map(({ closed }) => closed.object);
  const decided = decide(plannedChangesIn(whole), { policy: policyIn(whole.steps), up, approved });
  const decisions = decided.map((decision) => withPerson(decision, waiting));
  const first = await planned(question, decisions);
  if (first.plan.exitCode !== EXIT.fine) return { ...first, closed: [] };
  const closed = stopping(whole, first.plan);
  if (closed.length === 0) return { ...first, closed };

  const second = await planned(question, holdBack(first.decisions, closed));
  if (second.plan.exitCode !== EXIT.fine) return { ...second, closed };
  const stillClosed = stopping(whole, second.plan);
  if (stillClosed.length === 0) return { ...second, closed };
  return { ...(await planned(question, holdAll(second.decisions, stillClosed))), closed: [...closed, ...stillClosed] };
}

/** Everything that a plan would do, when a guardrail stops it. */
export function heldByGuardrails(stopped: GuardedOutcome, up: string): readonly Decision[] {
  const changeSet = changeSetOf(stopped.steps, { live: {}, matchesPattern });
  const decisions = decide(plannedChangesIn({ ...stopped, changeSet }), { policy: policyIn(stopped.steps), up, approved: [] });
  const held = { by: "guardrail", why: "waits, because a guardrail stops this stack", next: "Put right what the guardrails say." } as const;
  return decisions.map((decision) => ({ ...decision, held: decision.held ?? held }));
}

type Planned = Omit<Settled, "closed">;

/** The plan of what these decisions make. */
async function planned({ stack, console, whole, waiting, planFile }: Question, decisions: readonly Decision[]): Promise<Planned> {
  const held = decisions.filter((decision) => decision.held !== undefined).map(({ planned: { change } }) => change);
  const leftOut: LeftOut = {
    urns: [...new Set([...held.map(({ urn }) => urn), ...waiting.exclude])].toSorted(),
    withDependents: waiting.exclude.length > 0 || held.some(({ operation }) => operation === "create" || operation === "replace"),
  };
  if (held.length === decisions.length) return { decisions, plan: { ...whole, changes: [] }, leftOut };
  if (leftOut.urns.length === 0) return { decisions, plan: whole, leftOut };
  console.progress(`Planning again without the ${held.length} that are left as they are …`);
  const options = { refresh: true, plan: planFile, ...leavingOut(leftOut), ...WITH_GUARDRAILS };
  const outcome = await runEngine(console, "planned", (output) => stack.engine.preview({ ...options, ...output }));
  const plan = guarded(stack.target, outcome, today());
  assertDecided(stack, plan, decisions);
  return { decisions: decisions.map((decision) => withDependency(decision, plan)), plan, leftOut };
}

/** What the gates stop of a plan. What it leaves out counts among what there is. */
function stopping(whole: GatedOutcome, plan: GuardedOutcome): readonly Closed[] {
  const made = new Set(plan.changes.map(({ urn }) => urn));
  const leftOut = new Set(whole.changes.flatMap(({ urn }) => (made.has(urn) ? [] : [urn])));
  if (leftOut.size === 0) return whole.gates.closed;
  const changes = changeSetOf(keptSteps(whole.steps, leftOut), { live: whole.live, matchesPattern });
  return judgeGates({ changes, live: whole.live, operation: "reconcile", today: today() }).closed;
}

/** Steps that wait for a person are listed as such. */
function withPerson(decision: Decision, { exclude }: Waiting): Decision {
  if (decision.held !== undefined || !exclude.includes(decision.planned.change.urn)) return decision;
  return { ...decision, held: { by: "person", why: "waits for a person at the dashboard", next: "Do the step and confirm it." } };
}

/** The engine leaves out what needs something that is left out. */
function withDependency(decision: Decision, { changes, failures }: GuardedOutcome): Decision {
  const isMade = changes.some(({ urn }) => urn === decision.planned.change.urn);
  if (decision.held !== undefined || isMade || failures.length > 0) return decision;
  return {
    ...decision,
    held: {
      by: "dependency",
      why: "depends on something that this pass leaves out",
      next: "Settle that first; the next pass comes to it.",
    },
  };
}

/** Between two plans somebody may change the control plane once more: what nobody decided on is not made. */
function assertDecided(stack: OpenStack, plan: GuardedOutcome, decisions: readonly Decision[]): void {
  const made = new Set(decisions.filter(({ held }) => held === undefined).map(({ planned: { change } }) => change.urn));
  if (plan.changes.every(({ urn }) => made.has(urn))) return;
  throw new StackHeld({
    subject: `${stack.target.project}/${stack.stackName}`,
    what: "the control plane changed while this pass was planned",
    advice: "Nothing was changed by this pass. Run it again: it plans and judges what is there now.",
  });
}
