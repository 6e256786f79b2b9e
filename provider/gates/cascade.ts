import { kindNamed } from "../../schema/kinds/index.js";
import { environmentOf } from "./environment-class.js";
import { type Facts, isEnding, type ObjectStep } from "./facts.js";
import { type HeldObject, type Holdings, holdingsOf } from "./holdings.js";
import { hasEnded } from "./live-objects.js";

/** What a deletion takes along at the control plane. */
export interface Cascade {
  /** All of it, what the plan deletes by itself included. */
  readonly objects: readonly HeldObject[];
  /** The same by kind. */
  readonly kinds: readonly CascadeOfKind[];
}

export interface CascadeOfKind {
  readonly kind: string;
  readonly count: number;
  /** Environment classes among them. */
  readonly environments: readonly string[];
  /** Last use of any of them, where the control plane tells. */
  readonly lastUsedAt: string | undefined;
}

/** What goes with an object that ends: all that belongs to it, and what belongs to that. What gives no access any more is left out. */
export function cascadeOf(step: ObjectStep, facts: Facts): Cascade {
  const holdings = holdingsOf(facts, step.controlPlane);
  const objects = step.before?.id === undefined ? [] : below(step.kind, step.before.id, holdings, new Set());
  const kinds = [...new Set(objects.map(({ kind }) => kind))].toSorted();
  return {
    objects,
    kinds: kinds.map((kind) =>
      summary(
        kind,
        objects.filter((one) => one.kind === kind),
        holdings,
      ),
    ),
  };
}

/** What goes along without a step of its own: nobody declared it, or it was only to leave the stack. */
export function takenAlong(step: ObjectStep, facts: Facts): readonly HeldObject[] {
  return cascadeOf(step, facts).objects.filter((object) => object.step === undefined || !isEnding(object.step));
}

/** One line: `ApiKey ×3 (production, staging; last used 2026-11-20), ProjectMember ×4`. */
export function cascadeText({ kinds }: Cascade): string {
  return kinds
    .map(({ kind, count, environments, lastUsedAt }) => {
      const more = [environments.join(", "), lastUsedAt === undefined ? "" : `last used ${lastUsedAt.slice(0, 10)}`].filter(
        (part) => part !== "",
      );
      return `${kind} ×${count}${more.length === 0 ? "" : ` (${more.join("; ")})`}`;
    })
    .join(", ");
}

function below(kind: string, id: string, holdings: Holdings, seen: Set<HeldObject>): readonly HeldObject[] {
  return holdings.within(kind, id).flatMap((object) => {
    if (seen.has(object) || hasEnded(object.kind, object.values)) return [];
    seen.add(object);
    return [object, ...(object.id === undefined ? [] : below(object.kind, object.id, holdings, seen))];
  });
}

function summary(kind: string, objects: readonly HeldObject[], holdings: Holdings): CascadeOfKind {
  const hasClass = kindNamed(kind)?.fields.environment !== undefined;
  const classes = hasClass ? objects.map(({ values }) => environmentOf(kind, values, holdings)) : [];
  const environments = classes.filter((one) => typeof one === "string");
  const uses = objects.map(({ values }) => values.lastUsedAt).filter((one) => typeof one === "string");
  return { kind, count: objects.length, environments: [...new Set(environments)].toSorted(), lastUsedAt: uses.toSorted().at(-1) };
}
