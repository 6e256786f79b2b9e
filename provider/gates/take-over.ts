import { kindNamed } from "../../schema/kinds/index.js";
import { UNKNOWN } from "../../schema/unknown.js";
import type { Step } from "../plan/changes.js";
import { kindOfToken } from "../provider-string.js";
import type { LiveObject, LiveState, Values } from "./facts.js";
import { occupantOf } from "./live-objects.js";

/** From what each property of an object takes its value, as URNs, by the URN of the object. */
export type PropertySources = ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;

/** An object that a run brings into the stack. */
export interface Arrival {
  /** The inputs it will have, with what is there already in the place of what only an apply would tell. */
  readonly after: Values;
  /** The live object that is taken over; undefined where one is made. */
  readonly found: LiveObject | undefined;
}

interface Plan {
  readonly steps: readonly Step[];
  readonly placeOf: (step: Step) => { readonly controlPlane: string; readonly system: string };
  readonly inputsOf: (step: Step) => Values;
  readonly live: LiveState;
  readonly sources: PropertySources;
}

/**
 * Tells what the new objects of a plan take over. An id that only an apply would give is known where it is that of something taken over or
 * managed: without it, two things of one name in two projects would be one.
 */
export function arrivalsIn({ steps, placeOf, inputsOf, live, sources }: Plan): (step: Step) => Arrival {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const arrivals = new Map<string, Arrival>();
  const arrivalOf = (step: Step): Arrival => {
    const known = arrivals.get(step.urn);
    if (known !== undefined) return known;
    const kind = kindOfToken(step.type) ?? "";
    const after = Object.fromEntries(Object.entries(inputsOf(step)).map(([name, value]) => [name, resolved(step, kind, name, value)]));
    const isThere = kindNamed(kind)?.singleton || after.adopt === "require" || after.adopt === "ifExists";
    const { controlPlane, system } = placeOf(step);
    const arrival = { after, found: isThere ? occupantOf(kind, after, live[controlPlane], system) : undefined };
    arrivals.set(step.urn, arrival);
    return arrival;
  };
  const resolved = (step: Step, kind: string, name: string, value: unknown): unknown => {
    const [source, ...others] = sources.get(step.urn)?.[name] ?? [];
    const origin = source === undefined || others.length > 0 ? undefined : byUrn.get(source);
    const isId = kindNamed(kind)?.fields[name]?.reference?.by === "id";
    return value === UNKNOWN && origin !== undefined && isId ? (idOf(origin) ?? value) : value;
  };
  const idOf = (step: Step) => step.old?.id ?? arrivalOf(step).found?.id;
  return arrivalOf;
}
