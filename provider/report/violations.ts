import { kindNamed } from "../../schema/kinds/index.js";
import { logicalName } from "../plan/changes.js";
import { messageOf, type Verdict } from "../policies/judge.js";
import { ruleNameOf } from "../policies/policy-names.js";
import { RULES } from "../policies/rules/index.js";
import { kindOfToken } from "../provider-string.js";

/** A place in a file, counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a guardrail found, as it is told. */
export interface ToldViolation {
  /** Name of the guardrail, as exceptions and settings name it. */
  readonly rule: string;
  /** `mandatory` stops the run; `remediate` was mended on the way. */
  readonly level: "advisory" | "mandatory" | "remediate";
  readonly kind: string;
  /** Logical name of the object. */
  readonly name: string;
  /** Dotted property it is about. */
  readonly property?: string;
  /** Which object, what, why it matters, what to write instead. */
  readonly message: string;
  /** What to write instead. */
  readonly fix?: string;
  /** It is accepted until a day, and stops nothing. */
  readonly exception?: { readonly reason: string; readonly until: string };
  /** Where it stands in the stack file. */
  readonly position?: Place;
  /** The policy pack that found it, when it is not ours. */
  readonly pack?: string;
}

/** A policy event of the engine, as far as we read it. */
export interface PolicyEvent {
  readonly enforcementLevel: string;
  readonly message: string;
  readonly policyName: string;
  readonly policyPackName?: string | undefined;
  readonly resourceUrn?: string | undefined;
}

/** Name of our own pack. */
const PACK = "gatehouse";

/**
 * What was found, once each: by our own judgement, which sees everything at once and knows properties, and by the packs in the engine,
 * which stop at the first kind of trouble and may be the user's own.
 */
export function toldViolations(
  verdicts: readonly Verdict[],
  events: readonly PolicyEvent[],
  placeOf: (name: string, property: string | undefined) => Place | undefined,
): readonly ToldViolation[] {
  const own = verdicts.map((verdict) => fromVerdict(verdict, placeOf));
  const told = new Set(own.map(({ rule, message }) => `${rule}\n${message}`));
  const others = events
    .map((event) => fromEvent(event, placeOf))
    .filter(({ rule, message }) => {
      const key = `${rule}\n${message}`;
      return !told.has(key) && told.add(key);
    });
  return [...own, ...others].toSorted((a, b) => rank(a) - rank(b));
}

/** True for what stops a run. */
export function stops({ level, exception }: ToldViolation): boolean {
  return level === "mandatory" && exception === undefined;
}

function rank(violation: ToldViolation): number {
  if (stops(violation)) return 0;
  return violation.exception === undefined ? 1 : 2;
}

type PlaceOf = (name: string, property: string | undefined) => Place | undefined;

function fromVerdict(verdict: Verdict, placeOf: PlaceOf): ToldViolation {
  const { rule, level, object, property, advice, exception } = verdict;
  const position = placeOf(object.name, property);
  return {
    rule: rule.name,
    level,
    kind: object.kind,
    name: object.name,
    ...(property === undefined ? {} : { property }),
    message: messageOf(verdict),
    fix: advice,
    ...(exception === undefined ? {} : { exception: { reason: exception.reason, until: exception.until } }),
    ...(position === undefined ? {} : { position }),
  };
}

function fromEvent(event: PolicyEvent, placeOf: PlaceOf): ToldViolation {
  const { enforcementLevel, policyName, policyPackName, resourceUrn = "" } = event;
  // The engine puts a policy's description on a line before its message.
  const isOurs = policyPackName === PACK;
  const message = (isOurs ? event.message.replace(/^.*\n/, "") : event.message).trim();
  const rule = isOurs ? ruleNameOf(policyName) : policyName;
  const fix = isOurs ? adviceIn(message, rule) : undefined;
  const name = logicalName(resourceUrn);
  const type = resourceUrn.split("::")[2]?.split("$").at(-1) ?? "";
  const property = /^\w+ \S+ \(([\w.]+)\) /.exec(message)?.[1];
  const position = placeOf(name, property);
  return {
    rule,
    level: enforcementLevel === "mandatory" ? "mandatory" : "advisory",
    kind: kindNamed(kindOfToken(type) ?? "")?.name ?? type,
    name,
    ...(property === undefined ? {} : { property }),
    message,
    ...(fix === undefined ? {} : { fix }),
    ...(position === undefined ? {} : { position }),
    ...(policyPackName === undefined || isOurs ? {} : { pack: policyPackName }),
  };
}

/** What to write instead, from a message of `messageOf`: it stands behind why the rule matters. */
function adviceIn(message: string, ruleName: string): string | undefined {
  const why = RULES.find(({ name }) => name === ruleName)?.why;
  const [, advice] = why === undefined ? [] : message.split(`. ${why} `);
  return advice;
}
