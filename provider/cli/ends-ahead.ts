import { type End, endsInStack, endsInView, endText, isOverdue, isTold, soonestFirst } from "../ends/index.js";
import type { Finding } from "../plan/changes.js";
import type { StackView } from "../policies/stack-view.js";
import { shownLine } from "../report/render/shown-line.js";
import type { Target } from "./target.js";

/** Everything that ends some day, of what a view holds and of what the stack file alone knows, soonest first. */
export function allEnds(target: Target, view: StackView, today: string): readonly End[] {
  return soonestFirst([...endsInView(view, today), ...(target.form === "stackFile" ? endsInStack(target.stack, today) : [])]);
}

/** What a run tells of it. */
export function endsAhead(target: Target, view: StackView, today: string): readonly End[] {
  return allEnds(target, view, today).filter(isTold);
}

/** The same as a person reads it. */
export function endsText(ends: readonly End[]): readonly string[] {
  return ends.map((end) => shownLine(`· ${endText(end)}`));
}

/** Access whose day has come and that no control plane ends: whoever holds it has it still. */
export function overdueFindings(ends: readonly End[]): readonly Finding[] {
  return ends
    .filter((end) => isOverdue(end) && end.endedBy === "run")
    .map(({ kind, name, property, day }) => ({
      kind,
      name,
      property,
      value: day,
      message: `ended on ${day} and gives access still: run \`gatehouse up\` or \`gatehouse reconcile\`, which end it`,
    }));
}
