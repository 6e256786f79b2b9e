import { endsAccess, isOver } from "./end-of-access.js";
import { type Facts, isEnding, type ObjectStep, type Values } from "./facts.js";
import { holdingsOf } from "./holdings.js";

/** One person's membership before and after the change. */
export interface Membership {
  /** E-mail address in lower case. */
  readonly user: string;
  /** Id of the project, for memberships of projects. */
  readonly project: unknown;
  readonly before: Values | undefined;
  readonly after: Values | undefined;
  /** True for a membership that this change makes: where people are invited, nobody has accepted it yet. */
  readonly isNew: boolean;
  /** The steps that touch it. */
  readonly steps: readonly ObjectStep[];
}

/** All memberships of a kind on one control plane, by person and project: who moves in the declaration stays one and the same. */
export function membershipsOf(kind: string, controlPlane: string, facts: Facts): readonly Membership[] {
  const found = new Map<string, Membership>();
  const change = (values: Values, changed: (former: Membership) => Membership) => {
    const key = keyOf(values);
    const nobody = { user: userOf(values), project: values.project };
    found.set(key, changed(found.get(key) ?? { ...nobody, before: undefined, after: undefined, isNew: false, steps: [] }));
  };
  for (const { values } of holdingsOf(facts, controlPlane).of(kind))
    change(values, (former) => ({ ...former, before: values, after: values }));
  const steps = facts.changes.objects.filter(
    (step) => step.kind === kind && step.controlPlane === controlPlane && step.operation !== "same",
  );
  for (const step of steps) {
    const moves = step.before !== undefined && step.after !== undefined && keyOf(step.before.inputs) !== keyOf(step.after);
    if ((isEnding(step) || moves) && step.before)
      change(step.before.inputs, (former) => ({ ...former, after: undefined, steps: [...former.steps, step] }));
  }
  for (const step of steps) {
    const { after } = step;
    if (after !== undefined) change(after, (former) => withAfter(former, after, step));
  }
  return [...found.values()].toSorted((a, b) => (a.user < b.user ? -1 : 1));
}

/**
 * True for a person who can act by the membership as it is: not by an invitation that nobody accepted, nor by one that ran out. Whom this
 * change removes may act until then, whatever day is written: not every control plane ends a membership by itself.
 */
export function actsBefore({ before, after }: Membership, today: string): boolean {
  return isInForce(before) && (after === undefined || !isOver(before?.expiresAt, today));
}

/** True for a person who can act by the membership as it will be. An end that the change brings too near counts as one that has come. */
export function actsAfter({ before, after }: Membership, today: string): boolean {
  return isInForce(after) && !isOver(after?.expiresAt, today) && !endsAccess(before?.expiresAt, after?.expiresAt, today);
}

function isInForce(values: Values | undefined): boolean {
  return values !== undefined && values.status !== "pending" && values.status !== "expired";
}

/** What a control plane says of a membership that stays is as true after the change. */
function withAfter(former: Membership, after: Values, step: ObjectStep): Membership {
  const isNew = former.after === undefined;
  const status = isNew || former.before?.status === undefined ? {} : { status: former.before.status };
  return { ...former, after: { ...status, ...after }, isNew, steps: [...former.steps, step] };
}

function keyOf(values: Values): string {
  return `${String(values.project)}\n${userOf(values)}`;
}

function userOf({ user }: Values): string {
  return String(user).toLowerCase();
}
