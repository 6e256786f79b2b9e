import { kindNamed } from "../../../schema/kinds/index.js";
import { UNKNOWN } from "../../../schema/unknown.js";
import { type Cap, capsIn } from "../../gates/caps-of.js";
import type { Values } from "../../gates/facts.js";
import type { ObjectStep } from "../../gates/index.js";
import type { SeverityRuleName } from "../severity.js";
import { amountText, factorText, unitOf } from "./cap-words.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

interface Changed {
  readonly rule: SeverityRuleName;
  readonly text: string;
  /** Properties that it is about. */
  readonly properties: readonly string[];
}

/** Ceilings on money and use that change, with amounts. Those of a new key are told with the key. */
export function limitLines(context: Context): readonly Telling[] {
  return context.changed
    .filter(({ urn }) => !context.goesAlong.has(urn))
    .flatMap((step) => {
      const isWhole = step.operation === "create" || step.operation === "delete";
      return changesIn(step).map(({ rule, text, properties }, index): Telling => {
        const about = {
          section: "limits",
          rule,
          text: `${step.name}: ${text}`,
          ...(isWhole && index === 0 ? {} : { properties }),
        } as const;
        return { line: lineAbout(step, about, context), tells: [{ urn: step.urn, properties: isWhole ? "all" : properties }] };
      });
    });
}

/** A ceiling of an object's own comes and goes with it. One that is shared is all there is to its object. */
function changesIn(step: ObjectStep): readonly Changed[] {
  const fields = kindNamed(step.kind)?.fields ?? {};
  const [was, is] = [step.before?.inputs ?? {}, step.after ?? {}];
  const [before, after] = [capsIn(fields, was), capsIn(fields, is)];
  switch (step.operation) {
    case "create":
      return after.filter(({ isShared }) => isShared).map((cap) => added(cap, is));
    case "delete":
      return before.filter(({ isShared }) => isShared).map((cap) => removed(cap, was));
    case "update":
    case "replace":
    case "adopt":
      return step.before === undefined ? [] : [...compared(before, after, was, is), ...noLongerStops(before, was, is)];
    default:
      return [];
  }
}

function compared(before: readonly Cap[], after: readonly Cap[], was: Values, is: Values): readonly Changed[] {
  const isUnknownAt = (path: string) => after.some((cap) => cap.value === UNKNOWN && path !== cap.path && path.startsWith(cap.path));
  const paths = [...new Set([...before, ...after].map(({ path }) => path))];
  return paths.flatMap((path): Changed[] => {
    const former = before.find((cap) => cap.path === path);
    const next = after.find((cap) => cap.path === path);
    if (former === undefined) return next === undefined || next.value === UNKNOWN ? [] : [added(next, is)];
    if (next === undefined) return [isUnknownAt(path) ? open(former, was) : removed(former, was)];
    if (next.value === UNKNOWN) return former.value === UNKNOWN ? [] : [open(former, was)];
    return former.weight === next.weight ? [] : [moved(former, next, was, is)];
  });
}

function moved(former: Cap, next: Cap, was: Values, is: Values): Changed {
  const factor = next.weight / former.weight;
  const rule = factor > 2 ? "cap-raised-far" : factor > 1 ? "cap-raised" : "cap-lowered";
  const [from, to] = [unitOf(former.path, was), unitOf(next.path, is)];
  const amounts =
    from === to
      ? `${amountText(former.value)} → ${amountText(next.value)}${tail(to)}`
      : `${amountText(former.value)}${tail(from)} → ${amountText(next.value)}${tail(to)}`;
  const by = Number.isFinite(factor) ? `, ${factorText(factor)}` : "";
  return { rule, text: `${next.path} ${factor > 1 ? "rises" : "falls"}: ${amounts}${by}`, properties: propertiesOf(next, from !== to) };
}

function added(cap: Cap, is: Values): Changed {
  return {
    rule: "cap-lowered",
    text: `${cap.path} is new: ${amountText(cap.value)}${tail(unitOf(cap.path, is))}`,
    properties: propertiesOf(cap),
  };
}

function removed(cap: Cap, was: Values): Changed {
  return {
    rule: "cap-removed",
    text: `${cap.path} is removed: it was ${amountText(cap.value)}${tail(unitOf(cap.path, was))}`,
    properties: propertiesOf(cap),
  };
}

function open(cap: Cap, was: Values): Changed {
  const text = `${cap.path}: ${amountText(cap.value)}${tail(unitOf(cap.path, was))} → ${amountText(UNKNOWN)}`;
  return { rule: "cap-removed", text, properties: propertiesOf(cap) };
}

function noLongerStops(caps: readonly Cap[], was: Values, is: Values): readonly Changed[] {
  const milder = caps.length > 0 && was.onBreach !== "warn" && (is.onBreach === "warn" || is.onBreach === UNKNOWN);
  if (!milder) return [];
  const may = is.onBreach === UNKNOWN ? "may only be" : "is only";
  return [{ rule: "cap-removed", text: `at its ceiling somebody ${may} told, and nothing stopped`, properties: ["onBreach"] }];
}

function tail(unit: string): string {
  return unit === "" ? "" : ` ${unit}`;
}

/** A ceiling in a list changes with the list. */
function propertiesOf({ path }: Cap, withPeriod = false): readonly string[] {
  return [path.split("[")[0] ?? path, ...(withPeriod ? ["period"] : [])];
}
