import type { ObjectStep } from "../../gates/index.js";
import { type AccessChange, accessChangeText } from "../access/index.js";
import { canonicalJson } from "../canonical-json.js";
import type { ReportLine } from "../report.js";
import { severityBy } from "../severity.js";
import { causesIn, givingProperties } from "./access-causes.js";
import { differencesOf, ruleOf } from "./access-differences.js";
import { accessHeadline, type Difference } from "./access-words.js";
import { classMoves } from "./class-moves.js";
import type { Context } from "./context.js";
import { isUnlocked } from "./key-events.js";
import { keySteps } from "./key-steps.js";
import { lineAbout } from "./line-about.js";
import { endedProjects, endsWithProjects } from "./project-ends.js";
import type { Telling, Told } from "./telling.js";

/** Changes of access that are one and the same for several subjects, by one cause. */
interface Alike {
  readonly changes: readonly [AccessChange, ...AccessChange[]];
  readonly differences: readonly Difference[];
  readonly causes: readonly ObjectStep[];
}

/** Who gains, loses, widens or narrows what. Keys that come and go, amounts, and what ends with a project are told elsewhere. */
export function accessLines(context: Context): readonly Telling[] {
  const severalPlanes = new Set([...context.accessBefore.planes.keys(), ...context.accessAfter.planes.keys()]).size > 1;
  return alikeIn(context).map((alike): Telling => {
    const [change] = alike.changes;
    const subjects = alike.changes.map(({ subject }) => subjectText(subject));
    const headline = accessHeadline(change, subjects, alike.differences);
    const text = severalPlanes ? `${headline} on ${change.controlPlane}` : headline;
    const details = [...alike.changes.map(accessChangeText), ...alsoBy(alike.causes.slice(1), context)];
    return { line: lineOf(alike, text, details, context), tells: alike.causes.map(toldOf) };
  });
}

function alikeIn(context: Context): readonly Alike[] {
  const causesOf = causesIn(context);
  const isElsewhere = toldElsewhere(context);
  const groups = new Map<string, Alike>();
  for (const change of context.accessChanges) {
    const differences = differencesOf(change);
    const causes = causesOf(change);
    if (differences.length === 0 || isElsewhere(change, causes)) continue;
    const [cause] = causes;
    const what = differences.map(({ place: { in: where, projects, except }, ...difference }) => ({
      where,
      projects,
      except,
      ...difference,
    }));
    const key = canonicalJson([change.change, change.controlPlane, change.subject.type, cause?.urn ?? change.subject.name, what]);
    const group = groups.get(key);
    groups.set(key, group === undefined ? { changes: [change], differences, causes } : joined(group, change, causes));
  }
  return [...groups.values()];
}

function joined(group: Alike, change: AccessChange, causes: readonly ObjectStep[]): Alike {
  return { ...group, changes: [...group.changes, change], causes: [...new Set([...group.causes, ...causes])] };
}

/** Keys that come, go, are unlocked or change their class have lines of their own, and people who lose what ends are named with it. */
function toldElsewhere(context: Context): (change: AccessChange, causes: readonly ObjectStep[]) => boolean {
  const ended = endedProjects(context);
  const comeOrGo: readonly ObjectStep["operation"][] = ["create", "delete", "replace"];
  const keys = new Set(
    keySteps(context).flatMap((key) => (comeOrGo.includes(key.step.operation) || isUnlocked(key) ? [key.step.urn] : [])),
  );
  const moved = new Set<string | undefined>(classMoves(context).map(({ urn }) => urn));
  return (change, causes) => endsWithProjects(change, ended) || moved.has(change.urn) || causes.some(({ urn }) => keys.has(urn));
}

function lineOf(
  { changes: [change], differences, causes: [cause] }: Alike,
  text: string,
  details: readonly string[],
  context: Context,
): ReportLine {
  const rule = ruleOf(change, differences);
  if (cause === undefined) return { section: "access", severity: severityBy(rule), text, values: [], details };
  const about = { section: "access", rule, text, details } as const;
  return lineAbout(cause, cause.operation === "update" ? { ...about, properties: givingProperties(cause) } : about, context);
}

/** A line stands where its first cause does. The others are named with theirs. */
function alsoBy(causes: readonly ObjectStep[], { placeOf }: Context): readonly string[] {
  if (causes.length === 0) return [];
  const names = causes.map(({ name }) => {
    const place = placeOf(name, undefined);
    return place === undefined ? name : `${name} (${place.file}:${place.line})`;
  });
  return [`also by ${names.join(", ")}`];
}

function toldOf(step: ObjectStep): Told {
  return { urn: step.urn, properties: step.operation === "update" ? givingProperties(step) : "all" };
}

function subjectText({ type, name }: AccessChange["subject"]): string {
  return type === "key" ? `key ${name}` : name;
}
