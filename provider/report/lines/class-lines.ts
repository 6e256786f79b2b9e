import { project } from "../../../schema/kinds/project.js";
import type { ObjectStep } from "../../gates/index.js";
import { accessChangeText } from "../access/index.js";
import { severityBy } from "../severity.js";
import { someOf } from "../some-of.js";
import { type ClassMove, classMoves } from "./class-moves.js";
import type { Context } from "./context.js";
import { mayBeProduction } from "./key-holders.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

/** Keys that go to another environment class, those together that go the same way by the same cause. */
export function classLines(context: Context): readonly Telling[] {
  const steps = new Map(context.changed.map((step) => [step.urn, step]));
  const moves = classMoves(context).filter(({ urn }) => steps.get(urn)?.operation !== "replace");
  const caused = moves.map((move) => ({ move, cause: causeOf(move, steps, context) }));
  const alike = Map.groupBy(caused, ({ move: { controlPlane, from, to }, cause }) => [controlPlane, from, to, cause?.urn].join("\n"));
  return [...alike.values()].flatMap(([first, ...more]): Telling[] => {
    if (first === undefined) return [];
    return [telling([first.move, ...more.map(({ move }) => move)], first.cause, context)];
  });
}

/** What decides a key's class: its own word and its lock, and its project's word. */
const DECIDES = ["environment", "project"];

/** The step of the key itself, else that of a project it is locked to. */
function causeOf(
  { controlPlane, urn, holder }: ClassMove,
  steps: ReadonlyMap<string, ObjectStep>,
  context: Context,
): ObjectStep | undefined {
  const plane = context.accessAfter.planes.get(controlPlane);
  const projects = [...holder.projects.keys()].flatMap((name) => plane?.projects.get(name)?.urn ?? []);
  const own = steps.get(urn);
  const candidates = [own, ...projects.map((one) => steps.get(one))].filter((step) => step !== undefined);
  return candidates.find(({ properties }) => properties.some(({ property }) => DECIDES.includes(property)));
}

function telling(moves: readonly [ClassMove, ...ClassMove[]], cause: ObjectStep | undefined, context: Context): Telling {
  const [{ from, to }] = moves;
  const rule = mayBeProduction(from) || mayBeProduction(to) ? "production-key-changed" : "key-changed";
  const keys = `${moves.length === 1 ? "key" : "keys"} ${someOf(moves.map(({ holder }) => holder.subject.name))}`;
  const text = `${keys} ${becomes(from, to, moves.length === 1)}: ${classText(from)} → ${classText(to)}`;
  const urns = new Set(moves.map(({ urn }) => urn));
  const details = context.accessChanges.filter(({ urn }) => urn !== undefined && urns.has(urn)).map(accessChangeText);
  if (cause === undefined) return { line: { section: "keys", severity: severityBy(rule), text, values: [], details }, tells: [] };
  const properties = cause.kind === project.name ? ["environment"] : DECIDES;
  return {
    line: lineAbout(cause, { section: "keys", rule, text, properties, details }, context),
    tells: [{ urn: cause.urn, properties }],
  };
}

function becomes(from: string | undefined, to: string | undefined, isOne: boolean): string {
  const what = isOne ? "a production key" : "production keys";
  if (to === "production") return `${isOne ? "becomes" : "become"} ${what}`;
  if (from === "production") return to === "unknown" ? `may no longer be ${what}` : `${isOne ? "is" : "are"} no longer ${what}`;
  if (to === "unknown") return `may become ${what}`;
  return isOne ? "changes its environment class" : "change their environment class";
}

function classText(environment: string | undefined): string {
  return environment ?? "none";
}
