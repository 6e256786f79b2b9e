import { clipped, valueText } from "../../report/render/printable.js";
import type { Outcome } from "../outcome.js";
import type { PromotionReport } from "../report.js";

/** Characters of a value that are shown; the whole of it stands in the source. */
const LONGEST_VALUE = 100;

/** Outcomes that are told with one reason: `what` are the objects, each with its value before and after. */
export interface Paragraph {
  readonly subject: string;
  readonly what: readonly string[];
  readonly why: string;
  readonly weight: Outcome["weight"];
}

export interface Section {
  readonly title: string;
  readonly paragraphs: readonly Paragraph[];
}

/** What a person reads of the outcomes: what somebody must do first, then what is lost, then what has another form. */
export function sectionsOf({ outcomes }: PromotionReport): readonly Section[] {
  const of = (result: Outcome["result"]) => paragraphsOf(outcomes.filter((one) => one.result === result));
  return [
    { title: "To complete", paragraphs: of("open") },
    { title: "Lost", paragraphs: of("lost") },
    { title: "Translated", paragraphs: of("translated") },
  ].filter(({ paragraphs }) => paragraphs.length > 0);
}

/** One paragraph for all objects of a kind of which the same is told, what loosens something first. */
function paragraphsOf(outcomes: readonly Outcome[]): readonly Paragraph[] {
  const groups = Map.groupBy(outcomes, ({ kind, field, why, weight }) => JSON.stringify([kind, field, why, weight]));
  const paragraphs = [...groups.values()].flatMap((group): readonly Paragraph[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { kind, field, why, weight } = first;
    return [{ subject: field === undefined ? kind : `${kind} ${field}`, what: [...new Set(group.map(whatOf))], why, weight }];
  });
  return paragraphs.toSorted((a, b) => Number(b.weight === "looser") - Number(a.weight === "looser"));
}

function whatOf({ object, field, from, to }: Outcome): string {
  const isWhole = field === undefined && typeof from === "object";
  const before = isWhole ? namesOf(from) : from === undefined ? "" : ` ${clipped(valueText(from), LONGEST_VALUE)}`;
  return `${object}${before}${to === undefined ? "" : ` → ${targetText(to)}`}`;
}

/** Of a whole object its fields are named; their values stand in the source. */
function namesOf(from: unknown): string {
  return typeof from === "object" && from !== null && !Array.isArray(from) ? ` (${Object.keys(from).join(", ")})` : "";
}

function targetText(to: unknown): string {
  if (Array.isArray(to)) return to.map(valueText).join(", ");
  if (typeof to !== "object" || to === null) return valueText(to);
  const isByPath = Object.keys(to).some((name) => name.includes("/"));
  return isByPath
    ? Object.entries(to)
        .map(([path, amount]) => `${valueText(amount)} on ${path}`)
        .join(", ")
    : valueText(to);
}

/** `21 objects: 3 carried as they are, 12 translated, 6 lost; 9 looser, 4 tighter, 1 to complete`. */
export function summaryOf({ objects, outcomes }: PromotionReport): string {
  const count = (result: string) => objects.filter((one) => one.result === result).length;
  const weighed = (weight: string) => outcomes.filter((one) => one.weight === weight).length;
  const open = outcomes.filter(({ result }) => result === "open").length;
  return [
    `${objects.length} object${objects.length === 1 ? "" : "s"}: ${count("carried")} carried as they are, ${count("translated")} translated, ${count("lost")} lost`,
    `${weighed("looser")} looser, ${weighed("tighter")} tighter, ${open} to complete`,
  ].join("; ");
}

export function headingOf({ from, to }: PromotionReport): string {
  const where = [to.system, to.transport, to.url].filter((part) => part !== undefined).join(", ");
  return `${from.name} (${from.systems.join(", ")}) → ${to.name} (${where})`;
}

/** Objects with an id on either side: what people look for in dashboards and code. */
export function idRowsOf({ objects }: PromotionReport): readonly (readonly [string, string, string])[] {
  return objects.flatMap(({ path, to, sourceId, targetIds = {} }) => {
    const ids = Object.entries(targetIds).map(([name, id]) => (name === path ? id : `${id} (${name})`));
    if (sourceId === undefined && ids.length === 0) return [];
    const there = to.length === 0 ? "not there" : ids.join(", ") || "not applied yet";
    return [[path, sourceId ?? "unknown", there] as const];
  });
}

/** What comes of a target that the source stack manages already. */
export const MANAGED_ALREADY =
  "The source stack manages these at the target already, so that the first `up` refuses them as existing. Release them there with `onDelete: release`, and write `adopt: require` here; or leave them out here:";

/** Each guardrail once, with the other objects of which it says the like. */
export function violationsByRule({
  violations,
}: PromotionReport): readonly { readonly message: string; readonly others: readonly string[] }[] {
  return [...Map.groupBy(violations, ({ rule }) => rule).values()].flatMap(([first, ...rest]) => {
    const others = [...new Set(rest.map(({ object }) => object))].filter((object) => object !== first?.object);
    return first === undefined ? [] : [{ message: first.message, others }];
  });
}

/** The commands that lead on, for the folder of the new stack. */
export function nextCommands(folder: string): readonly string[] {
  return ["validate", "preview", "up"].map(
    (command) => `gatehouse ${command} ${/^[\w./@:+-]+$/.test(folder) ? folder : JSON.stringify(folder)}`,
  );
}
