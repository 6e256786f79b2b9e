import type { Concern } from "../../schema/field.js";
import { kindNamed } from "../../schema/kinds/index.js";
import { classOfObject, classOfProperty, worst } from "../plan/change-class.js";
import type { Policy } from "../plan/reconcile-policy.js";
import type { PlannedChange } from "./planned-change.js";

/** What a pass does about one change of the plan. */
export interface Decision {
  readonly planned: PlannedChange;
  /** Somebody changed the control plane (`drift`), or the declaration changed since it was applied last. */
  readonly cause: "drift" | "declaration";
  readonly class: Concern;
  /** Undefined when the change is made. */
  readonly held: Held | undefined;
}

/** Why a change is not made, and what a person does about it. */
export interface Held {
  /** Which rule holds it back. */
  readonly by:
    | "custody"
    | "adopted"
    | "asserted"
    | "replacement"
    | "unmanaged"
    | "policy"
    | "limit"
    | "gate"
    | "guardrail"
    | "dependency"
    | "person";
  /** A clause that follows the name of the object. */
  readonly why: string;
  /** A sentence with its final stop. */
  readonly next: string;
}

export interface Circumstances {
  readonly policy: Policy;
  /** The command that applies this stack. */
  readonly up: string;
  /** Names of objects for which somebody approved a change that a gate would stop. */
  readonly approved: readonly string[];
}

/** Decides on every change of a plan: what the policy allows is made, and everything else is told. */
export function decide(changes: readonly PlannedChange[], circumstances: Circumstances): readonly Decision[] {
  const decisions = changes.map((planned): Decision => {
    const about = { planned, cause: causeOf(planned), class: classOf(planned) };
    return { ...about, held: RULES.map((rule) => rule(about, circumstances)).find((held) => held !== undefined) };
  });
  return withinLimit(decisions, circumstances);
}

type About = Omit<Decision, "held">;
type Rule = (about: About, circumstances: Circumstances) => Held | undefined;

/** The first that holds decides. What no policy can allow comes first. */
const RULES: readonly Rule[] = [
  ({ planned, cause }, { approved, up }) =>
    isOutOfOrder(planned, cause) && !approved.includes(planned.change.name)
      ? {
          by: "custody",
          why: `is ${planned.unhealthy} at the control plane, and a pass brings no access back that somebody took away`,
          next: `Find out who took it away and why; then have its return approved and run \`${up}\`, or remove the declaration.`,
        }
      : undefined,
  ({ planned: { kind, change }, cause }, { up }) =>
    kindNamed(kind)?.custody !== undefined && cause === "drift" && (change.operation === "create" || change.operation === "replace")
      ? {
          by: "custody",
          why: "would be issued anew, which a pass never does by itself",
          next: `Look at \`${up}\`, which would issue it, or remove the declaration.`,
        }
      : undefined,
  ({ planned }, { up }) =>
    planned.deletesAdopted
      ? {
          by: "adopted",
          why: "was there before Gatehouse, and a pass never deletes what it did not create",
          next: `Run \`${up}\` to delete it, or write \`onDelete: release\` to let it stay.`,
        }
      : undefined,
  ({ planned, cause }) => {
    const fields = kindNamed(planned.kind)?.fields ?? {};
    const asserted = planned.change.properties.filter(({ property }) => fields[property]?.flags.asserted);
    if (asserted.length === 0 || cause !== "drift") return undefined;
    return {
      by: "asserted",
      why: `has another ${asserted.map(({ property }) => property).join(", ")}, which is compared and never written`,
      next: "Change it at the control plane, or declare what it is.",
    };
  },
  ({ planned, cause }, { up }) =>
    cause === "drift" && planned.change.operation === "replace"
      ? {
          by: "replacement",
          why: "could only be put right by deleting it and making it anew",
          next: `Change it back at the control plane, or run \`${up}\` to replace it.`,
        }
      : undefined,
  ({ planned: { swept } }, { policy, up }) =>
    swept.length === 0 || policy.unmanaged === "remove"
      ? undefined
      : {
          by: "unmanaged",
          why: `holds ${swept.length} that nobody declared, and the policy is to tell it`,
          next: `Run \`${up}\` to remove them, declare them, or write \`unmanaged: remove\` under governance.reconcile.`,
        },
  ({ planned: { swept }, cause, class: driftClass }, { policy, up }) =>
    cause === "declaration" || swept.length > 0 || policy[driftClass] === "repair"
      ? undefined
      : {
          by: "policy",
          why: `drifted in its ${driftClass}, and the policy is to tell it`,
          next: `Run \`${up}\` to put it back, declare what is there, or write \`${driftClass}: repair\` under governance.reconcile.`,
        },
];

/** What is paused may still be changed by its declaration; what has ended can only end. */
function isOutOfOrder({ kind, change, unhealthy }: PlannedChange, cause: Decision["cause"]): boolean {
  if (unhealthy === undefined || change.operation === "delete" || change.operation === "release") return false;
  return cause === "drift" || kindNamed(kind)?.custody?.ended.includes(unhealthy) === true;
}

function causeOf({ change, isGone, swept }: PlannedChange): Decision["cause"] {
  const isDrift =
    isGone || (change.operation === "update" && swept.length > 0) || change.properties.some(({ cause }) => cause === "server");
  return isDrift ? "drift" : "declaration";
}

/** Of what drifted the class of the drift alone; of a declared change, of all of it. */
function classOf(planned: PlannedChange): Concern {
  const { change, inputs, isGone, swept } = planned;
  const kind = kindNamed(planned.kind);
  if (kind === undefined) return "security";
  if (isGone || swept.length > 0 || change.operation !== "update") return classOfObject(kind, swept.length > 0 ? {} : inputs);
  const drifted = change.properties.filter(({ cause }) => cause === "server");
  const properties = drifted.length > 0 ? drifted : change.properties;
  // The clock has brought it about, or the last run did not get through.
  if (properties.length === 0) return classOfObject(kind, inputs);
  return worst(properties.map(({ property, before, after }) => classOfProperty(kind, property, before, after))) ?? "cosmetic";
}

/** A pass that would change very much is more likely wrong than right: it then changes nothing at all. */
function withinLimit(decisions: readonly Decision[], { policy, up }: Circumstances): readonly Decision[] {
  const wanted = decisions.filter(({ held }) => held === undefined);
  const count = wanted.reduce((sum, { planned }) => sum + Math.max(1, planned.swept.length), 0);
  if (count <= policy.maxChanges) return decisions;
  const held: Held = {
    by: "limit",
    why: `would be one of ${count} changes, and a pass makes ${policy.maxChanges} at most: it makes none`,
    next: `Look at what happened; then run \`${up}\`, or raise \`maxChanges\` under governance.reconcile.`,
  };
  return decisions.map((decision) => ({ ...decision, held: decision.held ?? held }));
}
