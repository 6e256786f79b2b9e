import { kindNamed } from "../../schema/kinds/index.js";
import { changedProperties, isReleased, logicalName, rotationIn, type Step, type StepState } from "../plan/changes.js";
import { controlPlanesAmong, providerUrn } from "../plan/control-planes.js";
import { endedIn } from "../plan/ended.js";
import { INTERNAL_TYPES, kindOfToken } from "../provider-string.js";
import { type ChangeSet, CONTROL_PLANE, type LiveState, type ObjectBefore, type ObjectStep, type Operation, type Values } from "./facts.js";
import { liveValues } from "./live-objects.js";
import { sweptBy } from "./swept.js";
import { type Arrival, arrivalsIn, type PropertySources } from "./take-over.js";

/** What a plan alone does not tell. */
export interface Circumstances {
  readonly live: LiveState;
  /** From what properties take their values, where that is known. */
  readonly sources?: PropertySources | undefined;
  /** What a live object of a system is of what is declared of it, in the same form; the lifecycle's own. As it is listed when absent. */
  readonly observedAs?: ObservedAs | undefined;
  /** Today as `2026-12-08`, by which something has ended. Nothing has where it is not given. */
  readonly today?: string | undefined;
}

export type ObservedAs = (system: string, kind: string, declared: Values, live: Values) => Values;

interface Place {
  /** Name of the control plane. */
  readonly controlPlane: string;
  readonly system: string;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  same: "same",
  create: "create",
  import: "adopt",
  update: "update",
  replace: "replace",
  "create-replacement": "replace",
  delete: "delete",
};

/** A plan as the gates see it. The steps must be those of a full plan, those without a change included. */
export function changeSetOf(steps: readonly Step[], { live, sources = new Map(), observedAs = asListed, today }: Circumstances): ChangeSet {
  const planes = placesIn(steps);
  const placed = (step: Step) => planes.get(providerUrn(step.provider)) ?? NOWHERE;
  const once = oncePerObject(steps);
  const arrivalOf = arrivalsIn({
    steps: once,
    placeOf: placed,
    inputsOf: (step) => own(step.new?.inputs) ?? {},
    live,
    sources,
  });
  const met = { observedAs, arrivalOf, today, ended: endedIn(once, today) };
  const declared = once
    .filter(({ type }) => kindNamed(kindOfToken(type) ?? "") !== undefined)
    .map((step) => objectStep(kindOfToken(step.type) ?? "", step, placed(step), met));
  const swept = once
    .filter(({ type, op }) => (INTERNAL_TYPES as readonly string[]).includes(kindOfToken(type) ?? "") && OPERATIONS[op] !== "same")
    .flatMap((step) => sweptBy(step, placed(step), declared, live));
  return {
    objects: [...declared, ...swept],
    controlPlanes: once.flatMap((step) => {
      const place = planes.get(step.urn);
      return place === undefined ? [] : [objectStep(CONTROL_PLANE, withSettingsOnly(step), place, met)];
    }),
  };
}

/** Stands for the control plane of a step that names no provider. */
const NOWHERE: Place = { controlPlane: "main", system: "gatehouse" };

/** The control planes of a plan as it will have them, by the URN of their provider. */
function placesIn(steps: readonly Step[]): ReadonlyMap<string, Place> {
  const resources = steps.map((step) => ({ ...step, inputs: (step.new ?? step.old)?.inputs }));
  return new Map([...controlPlanesAmong(resources)].map(([urn, { name, system }]) => [urn, { controlPlane: name, system }]));
}

/** The provider of objects that name none is given the whole configuration of the stack, of which the rest is no matter of ours. */
function withSettingsOnly(step: Step): Step {
  const settingsOf = (state: StepState | undefined) =>
    state && {
      ...state,
      inputs: Object.fromEntries(Object.entries(state.inputs ?? {}).filter(([name]) => name.startsWith("gatehouse:"))),
    };
  return { ...step, old: settingsOf(step.old), new: settingsOf(step.new) };
}

/** A replacement is announced as a whole and in its halves, each with both states; what is left of an earlier one was judged then. */
function oncePerObject(steps: readonly Step[]): readonly Step[] {
  return [...new Map(steps.filter(({ op }) => OPERATIONS[op] !== undefined).map((step) => [step.urn, step])).values()];
}

interface Met {
  readonly observedAs: ObservedAs;
  readonly arrivalOf: (step: Step) => Arrival;
  readonly today: string | undefined;
  /** The day with which objects ended, by URN. */
  readonly ended: ReadonlyMap<string, string>;
}

/** The rest of a live object is left as it is. */
const asListed: ObservedAs = (_system, _kind, declared, live) =>
  Object.fromEntries(Object.entries(live).filter(([name]) => Object.hasOwn(declared, name)));

function objectStep(kind: string, step: Step, { controlPlane, system }: Place, { arrivalOf, observedAs, today, ended }: Met): ObjectStep {
  const operation = OPERATIONS[step.op] ?? "same";
  const after = operation === "delete" ? undefined : own((step.new ?? (operation === "same" ? step.old : undefined))?.inputs);
  const managed = step.old !== undefined || operation === "same";
  const about = { kind, name: logicalName(step.urn), urn: step.urn, system, controlPlane, managed, after };
  if (operation === "delete" && isReleased(step, today)) return { ...about, operation: "release", ...changed(beforeOf(step), after) };
  const endedOn = operation === "delete" ? ended.get(step.urn) : undefined;
  if (endedOn !== undefined) return { ...about, operation, endedOn, ...changed(beforeOf(step), after) };
  if (kind === CONTROL_PLANE || (operation !== "create" && operation !== "adopt"))
    return { ...about, operation, ...changed(beforeOf(step), after), ...rotated(step) };
  const arrival = arrivalOf(step);
  if (arrival.found === undefined) return { ...about, after: arrival.after, operation, ...changed(undefined, arrival.after) };
  const live = liveValues(arrival.found);
  const before = { id: arrival.found.id, inputs: observedAs(system, kind, arrival.after, live), outputs: live };
  return { ...about, after: arrival.after, operation: "adopt", ...changed(before, arrival.after) };
}

function rotated(step: Step): Pick<ObjectStep, "rotation"> {
  const rotation = rotationIn(step);
  return rotation === undefined ? {} : { rotation };
}

function changed(before: ObjectBefore | undefined, after: Values | undefined): Pick<ObjectStep, "before" | "properties"> {
  return { before, properties: changedProperties(before?.inputs, after, "declaration") };
}

function beforeOf({ old, new: next, op }: Step): ObjectBefore | undefined {
  const state = old ?? (op === "same" ? next : undefined);
  return state === undefined ? undefined : { id: state.id, inputs: own(state.inputs) ?? {}, outputs: own(state.outputs) ?? {} };
}

/** Without the engine's own keys, and without what is as good as absent. */
function own(values: Values | undefined): Values | undefined {
  if (values === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => !name.startsWith("__") && value !== null && value !== undefined),
  );
}
