import type { ObjectStep } from "../../gates/index.js";
import { type AccessChange, accessChangeTexts } from "../access/index.js";
import { canonicalJson } from "../canonical-json.js";
import type { ReportLine } from "../report.js";
import { severityBy } from "../severity.js";
import { type Alike, alikeIn } from "./access-alike.js";
import { givingProperties } from "./access-causes.js";
import { accessHeadline } from "./access-words.js";
import type { Context } from "./context.js";
import { keysLeftBy } from "./key-owners.js";
import { lineAbout } from "./line-about.js";
import type { Telling, Told } from "./telling.js";

/** Who gains, loses, widens or narrows what. Keys that come and go, amounts, and what ends with a project are told elsewhere. */
export function accessLines(context: Context): readonly Telling[] {
  const severalPlanes = new Set([...context.accessBefore.planes.keys(), ...context.accessAfter.planes.keys()]).size > 1;
  return alikeIn(context).map((alike): Telling => {
    const [{ change, rule, differences }] = alike;
    const subjects = alike.map(({ change: { subject } }) => subjectText(subject));
    const answers = rule === "key-owner-leaves" ? `, and ${subjects.length === 1 ? "answers" : "answer"} for production keys` : "";
    const headline = `${accessHeadline(change, subjects, differences)}${answers}`;
    const text = severalPlanes ? `${headline} on ${change.controlPlane}` : headline;
    const causes = [...new Set(alike.flatMap((one) => one.causes))];
    const changes = alike.map((one) => one.change);
    const details = [...accessChangeTexts(changes), ...leftBehind(changes, context), ...alsoBy(causes.slice(1), context)];
    return { line: lineOf(alike, text, details, context), tells: causes.map(toldOf) };
  });
}

function lineOf(alike: Alike, text: string, details: readonly string[], context: Context): ReportLine {
  const [first, ...more] = alike;
  const {
    rule,
    causes: [cause],
  } = first;
  if (cause === undefined) return { section: "access", severity: severityBy(rule), text, values: [], details };
  const about = { section: "access", rule, text, details } as const;
  const lineBy = (step: ObjectStep) =>
    lineAbout(step, step.operation === "update" ? { ...about, properties: givingProperties(step) } : about, context);
  const line = lineBy(cause);
  const others = more.flatMap(({ causes: [other] }) => (other === undefined || other === cause ? [] : [lineBy(other).values]));
  return { ...line, values: line.values.filter((value) => others.every((values) => has(values, value))) };
}

/** What only one of several causes says is not said of all. */
function has(values: ReportLine["values"], value: ReportLine["values"][number]): boolean {
  return values.some((one) => canonicalJson(one) === canonicalJson(value));
}

function leftBehind(changes: readonly AccessChange[], context: Context): readonly string[] {
  return changes.flatMap((change) => {
    const keys = keysLeftBy(change, context).map(({ subject }) => subject.name);
    return keys.length === 0 ? [] : [`${change.subject.name} answers for keys: ${keys.join(", ")}`];
  });
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
