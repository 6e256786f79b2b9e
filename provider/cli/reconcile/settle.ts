import { type Closed, changeSetOf } from "../../gates/index.js";
import { matchesPattern } from "../../lifecycle/matches-pattern.js";
import {
  approvedByItself,
  type Decision,
  decide,
  heldByGate,
  holdAll,
  holdApprovals,
  holdBack,
  plannedChangesIn,
  policyIn,
  stoppersIn,
} from "../../reconcile/index.js";
import { today } from "../../today.js";
import type { Console } from "../console.js";
import type { OpenStack } from "../engine-stack.js";
import type { GatedOutcome } from "../gated.js";
import type { GuardedOutcome } from "../guardrails.js";
import type { LeftOut } from "../left-out.js";
import { narrowed, regated } from "../narrowed.js";
import type { Waiting } from "../waiting.js";

/** What a pass is going to do. */
export interface Settled {
  readonly decisions: readonly Decision[];
  /** The plan that holds what is made and nothing else. */
  readonly plan: GatedOutcome;
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
  const ofPersons = withPersons(decided, waiting, whole.gates.closed);
  const selfApproved = approvedByItself(whole.changeSet, whole.gates.closed);
  const told = [...new Set([...selfApproved, ...ofPersons.closed])];
  const { closed, ...settled } = await withoutGated(question, holdApprovals(ofPersons.decisions, selfApproved));
  return { ...settled, closed: [...told, ...closed.filter((one) => !told.some((other) => isSame(one, other)))] };
}

async function withoutGated(question: Question, decisions: readonly Decision[]): Promise<Settled> {
  const first = await planned(question, decisions);
  const { closed } = first.plan.gates;
  if (closed.length === 0) return { ...first, closed };

  const second = await planned(question, holdBack(first.decisions, closed));
  const stillClosed = second.plan.gates.closed;
  if (stillClosed.length === 0) return { ...second, closed };
  return { ...(await planned(question, holdAll(second.decisions, stillClosed))), closed: [...closed, ...stillClosed] };
}

function isSame(one: Closed, other: Closed): boolean {
  return one.gate === other.gate && one.object === other.object && one.change === other.change;
}

/** Everything that a plan would do, when a guardrail stops it. */
export function heldByGuardrails(stopped: GuardedOutcome, up: string): readonly Decision[] {
  const changeSet = changeSetOf(stopped.steps, { live: {}, matchesPattern, today: today() });
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
    withDependents: waiting.withDependents || held.some(({ operation }) => operation === "create" || operation === "replace"),
  };
  if (held.length === decisions.length) return { decisions, plan: regated({ ...whole, changes: [] }, whole, "reconcile"), leftOut };
  if (leftOut.urns.length === 0) return { decisions, plan: whole, leftOut };
  console.progress(`Planning again without the ${held.length} that are left as they are …`);
  const allowed = decisions.flatMap((decision) => (decision.held === undefined ? [decision.planned.change] : []));
  const plan = await narrowed(stack, whole, { console, refresh: true, leftOut, planFile, operation: "reconcile", allowed });
  return { decisions: withDependencies(decisions, plan), plan, leftOut };
}

/**
 * Steps that wait for a person are listed as such. One that a gate stops is shown to nobody: whoever followed the list would have done
 * it before the gate spoke.
 */
function withPersons(
  decisions: readonly Decision[],
  { exclude }: Waiting,
  closed: readonly Closed[],
): Pick<Settled, "decisions" | "closed"> {
  const waits = new Set(exclude);
  const stopperOf = stoppersIn(decisions, closed);
  const isPersons = ({ held, planned: { change } }: Decision) => held === undefined && waits.has(change.urn);
  return {
    decisions: decisions.map((decision) => {
      if (!isPersons(decision)) return decision;
      const stopper = stopperOf(decision);
      return stopper === undefined ? { ...decision, held: BY_PERSON } : heldByGate(decision, stopper);
    }),
    closed: decisions.filter(isPersons).flatMap((decision) => stopperOf(decision) ?? []),
  };
}

const BY_PERSON = { by: "person", why: "waits for a person at the dashboard", next: "Do the step and confirm it." } as const;

/** The engine leaves out what needs something that is left out. */
function withDependencies(decisions: readonly Decision[], { changes, failures }: GuardedOutcome): readonly Decision[] {
  if (failures.length > 0) return decisions;
  const made = new Set(changes.map(({ urn }) => urn));
  return decisions.map((decision) =>
    decision.held !== undefined || made.has(decision.planned.change.urn) ? decision : { ...decision, held: BY_DEPENDENCY },
  );
}

const BY_DEPENDENCY = {
  by: "dependency",
  why: "depends on something that this pass leaves out",
  next: "Settle that first; the next pass comes to it.",
} as const;
