import { kindNamed } from "../../schema/kinds/index.js";
import { changedProperties, isReleased, logicalName, type Step } from "../plan/changes.js";
import { INTERNAL_TYPES, kindOfToken } from "../provider-string.js";
import { type ChangeSet, CONTROL_PLANE, type LiveState, type ObjectBefore, type ObjectStep, type Operation, type Values } from "./facts.js";
import { liveValues, occupantOf } from "./live-objects.js";
import { type MatchesPattern, sweptBy } from "./swept.js";

/** What a plan alone does not tell. */
export interface Circumstances {
  readonly live: LiveState;
  /** How a glob of `$ignore` is read; the lifecycle's own. */
  readonly matchesPattern: MatchesPattern;
  /** The control plane of objects without a declared one (the stack's configuration gives it). */
  readonly configured?: Place;
}

interface Place {
  /** Name of the control plane. */
  readonly controlPlane: string;
  readonly system: string;
}

const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";
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
export function changeSetOf(steps: readonly Step[], circumstances: Circumstances): ChangeSet {
  const planes = new Map(steps.filter(isControlPlane).map((step) => [step.urn, placeOf(step)]));
  const fallback = circumstances.configured ?? { controlPlane: "main", system: "gatehouse" };
  const placed = (step: Step) => planes.get(step.provider?.slice(0, step.provider.lastIndexOf("::")) ?? "") ?? fallback;
  const once = oncePerObject(steps);
  const declared = once
    .filter(({ type }) => kindNamed(kindOfToken(type) ?? "") !== undefined)
    .map((step) => objectStep(kindOfToken(step.type) ?? "", step, placed(step), circumstances.live));
  const swept = once
    .filter(({ type, op }) => (INTERNAL_TYPES as readonly string[]).includes(kindOfToken(type) ?? "") && OPERATIONS[op] !== "same")
    .flatMap((step) => sweptBy(step, placed(step), declared, circumstances));
  return {
    objects: [...declared, ...swept],
    controlPlanes: once.filter(isControlPlane).map((step) => objectStep(CONTROL_PLANE, step, placeOf(step), {})),
  };
}

function isControlPlane({ type, old, new: next }: Step): boolean {
  return type === PROVIDER_TYPE && typeof (next ?? old)?.inputs?.["gatehouse:system"] === "string";
}

function placeOf({ urn, old, new: next }: Step): Place {
  const inputs = (next ?? old)?.inputs ?? {};
  const name = inputs["gatehouse:name"];
  return { controlPlane: typeof name === "string" ? name : logicalName(urn), system: String(inputs["gatehouse:system"]) };
}

/** A replacement is announced as a whole and in its halves, each with both states; what is left of an earlier one was judged then. */
function oncePerObject(steps: readonly Step[]): readonly Step[] {
  return [...new Map(steps.filter(({ op }) => OPERATIONS[op] !== undefined).map((step) => [step.urn, step])).values()];
}

function objectStep(kind: string, step: Step, { controlPlane, system }: Place, live: LiveState): ObjectStep {
  const operation = OPERATIONS[step.op] ?? "same";
  const after = operation === "delete" ? undefined : own((step.new ?? (operation === "same" ? step.old : undefined))?.inputs);
  const managed = step.old !== undefined || operation === "same";
  const about = { kind, name: logicalName(step.urn), urn: step.urn, system, controlPlane, managed, after };
  if (operation === "delete" && isReleased(step)) return { ...about, operation: "release", ...changed(beforeOf(step), after) };
  if (operation !== "create" && operation !== "adopt") return { ...about, operation, ...changed(beforeOf(step), after) };
  const taken = takenOver(kind, after ?? {}, live[controlPlane]);
  return { ...about, operation: taken === undefined ? operation : "adopt", ...changed(taken, after) };
}

function changed(before: ObjectBefore | undefined, after: Values | undefined): Pick<ObjectStep, "before" | "properties"> {
  return { before, properties: changedProperties(before?.inputs, after, "declaration") };
}

function beforeOf({ old, new: next, op }: Step): ObjectBefore | undefined {
  const state = old ?? (op === "same" ? next : undefined);
  return state === undefined ? undefined : { id: state.id, inputs: own(state.inputs) ?? {}, outputs: own(state.outputs) ?? {} };
}

/** What an adoption finds, as far as the declaration says anything of it: the rest is left as it is. */
function takenOver(kind: string, after: Values, plane: LiveState[string] | undefined): ObjectBefore | undefined {
  const adopts = kindNamed(kind)?.singleton || after.adopt === "require" || after.adopt === "ifExists";
  const found = adopts ? occupantOf(kind, after, plane) : undefined;
  if (found === undefined) return undefined;
  const values = liveValues(found);
  const inputs = Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(after, name)));
  return { id: found.id, inputs, outputs: values };
}

/** Without the engine's own keys, and without what is as good as absent. */
function own(values: Values | undefined): Values | undefined {
  if (values === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => !name.startsWith("__") && value !== null && value !== undefined),
  );
}
