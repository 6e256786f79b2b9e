import { kindNamed } from "../../schema/kinds/index.js";
import { UNKNOWN } from "../../schema/unknown.js";
import { INTERNAL_TYPES, kindOfToken } from "../provider-string.js";
import type { DueRotation } from "../rotation/due.js";
import { rotationOf } from "../rotation/rotation-of.js";
import { endedIn, endedOn } from "./ended.js";

/** A step of the engine, as its events tell it. Secrets in it are masked already. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: StepState | undefined;
  readonly new?: StepState | undefined;
  /** URN and id of the provider, joined by `::`. */
  readonly provider?: string | undefined;
  /** Properties that force a replacement. */
  readonly keys?: readonly string[] | undefined;
}

export interface StepState {
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export interface PropertyChange {
  /** Dotted path of the property. */
  readonly property: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Who changed it: the declaration since the last apply, or somebody at the control plane. */
  readonly cause: "declaration" | "server";
}

export interface ObjectChange {
  /** `adopt` and `release`: the object was there before us and stays. */
  readonly operation: "create" | "adopt" | "update" | "replace" | "delete" | "release";
  readonly kind: string;
  /** Logical name: the object's path in the stack file. */
  readonly name: string;
  readonly urn: string;
  /** Why this happens, one sentence. */
  readonly why: string;
  readonly properties: readonly PropertyChange[];
  /** The day with which it ended (`2026-11-20`), where it is deleted because its declared end has come. */
  readonly endedOn?: string;
}

/** Shown instead of a value that only the apply will know. */
export const UNKNOWN_SHOWN = "(known after apply)";

const OPERATIONS: Readonly<Record<string, ObjectChange["operation"]>> = {
  create: "create",
  update: "update",
  replace: "replace",
  "create-replacement": "replace",
  delete: "delete",
};

export function isInternal(type: string): boolean {
  return (INTERNAL_TYPES as readonly string[]).includes(kindOfToken(type) ?? "");
}

export function logicalName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/**
 * What a plan would change, one entry an object, by name: the engine tells them in whatever order they come. Nothing is over by its own
 * day where `today` (`2026-12-08`) is not given.
 */
export function plannedChanges(steps: readonly Step[], refreshed: readonly Step[], today?: string): readonly ObjectChange[] {
  const refreshes = new Map(refreshed.map((step) => [step.urn, step]));
  const ended = endedIn(steps, today);
  const changes = new Map<string, ObjectChange>();
  for (const step of steps) {
    const kind = kindOfToken(step.type);
    const operation = operationOf(step, today);
    if (kind === undefined || operation === undefined || isSupportOnly(kind, step)) continue;
    if (changes.get(step.urn)?.operation === "replace") continue;
    changes.set(step.urn, changeOf(kind, operation, step, refreshes.get(step.urn), ended.get(step.urn)));
  }
  return [...changes.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function operationOf(step: Step, today: string | undefined): ObjectChange["operation"] | undefined {
  const operation = OPERATIONS[step.op];
  if (operation === "delete" && isReleased(step, today)) return "release";
  const isThere = isAlwaysThere(step) || step.new?.inputs?.adopt === "require";
  return operation === "create" && isThere ? "adopt" : operation;
}

/** True when the end of this object in the stack leaves it at the control plane, by the rule of the lifecycle's `remove`. */
export function isReleased(step: Step, today?: string): boolean {
  const outputs = step.old?.outputs;
  const onDelete = outputs?.onDelete ?? step.old?.inputs?.onDelete;
  const isKept = outputs?.adopted === true && onDelete !== "delete" && endedOn(step, today) === undefined;
  return isAlwaysThere(step) || onDelete === "release" || isKept;
}

/** True for what every control plane has one of, before anybody declares it. */
function isAlwaysThere({ type }: Step): boolean {
  const kind = kindNamed(kindOfToken(type) ?? "");
  return kind?.singleton === true && !kind.local;
}

/**
 * The record of which control plane this is comes and goes with the stack and is nobody's object. A collection that becomes
 * exclusive, or holds what nobody declared, is a change: objects go. One that is exclusive no longer changes nothing.
 */
function isSupportOnly(kind: string, step: Step): boolean {
  return kind === "ControlPlaneIdentity" || (kind === "ExclusiveCollection" && step.op !== "update" && step.op !== "create");
}

/** The step of a rotation that an update of an object makes. */
export function rotationIn(step: Step, now = new Date()): DueRotation | undefined {
  const kind = kindNamed(kindOfToken(step.type) ?? "");
  return step.op !== "update" || kind === undefined ? undefined : rotationOf(kind, step.old?.outputs ?? {}, step.new?.inputs ?? {}, now);
}

function changeOf(
  kind: string,
  operation: ObjectChange["operation"],
  step: Step,
  refresh: Step | undefined,
  end: string | undefined,
): ObjectChange {
  const drifted = refresh === undefined ? [] : changedProperties(refresh.old?.inputs, refresh.new?.inputs, "server").map((c) => c.property);
  const properties = changedProperties(step.old?.inputs, step.new?.inputs, "declaration").map((change) =>
    drifted.includes(change.property) ? { ...change, cause: "server" as const } : change,
  );
  const isEnd = operation === "delete" && end !== undefined;
  return {
    operation,
    kind,
    name: logicalName(step.urn),
    urn: step.urn,
    why: isEnd ? `it ended on ${end}, as declared` : why(operation, step, refresh, properties),
    properties,
    ...(isEnd ? { endedOn: end } : {}),
  };
}

function why(operation: ObjectChange["operation"], step: Step, refresh: Step | undefined, properties: readonly PropertyChange[]): string {
  switch (operation) {
    case "create":
      if (isInternal(step.type)) return sweepBegins(step);
      return refresh !== undefined && refresh.new === undefined ? "it is gone from the control plane" : "it is declared and not there yet";
    case "delete":
      return "it is no longer declared";
    case "adopt":
      return "it is there already and is managed from now on";
    case "release":
      return "it leaves the stack and stays at the control plane";
    case "replace":
      return `${((step.keys ?? []).length > 0 ? (step.keys ?? []) : properties.map((p) => p.property)).join(", ")} cannot be changed in place`;
    case "update": {
      const rotation = rotationIn(step);
      if (rotation !== undefined) return rotation.why;
      const causes = new Set(properties.map((p) => p.cause));
      if (causes.size === 0) return "the last change did not get through whole";
      if (causes.size === 2) return "the declaration and the control plane both changed";
      return causes.has("server") ? "it was changed at the control plane" : "the declaration changed";
    }
  }
}

function sweepBegins({ new: next }: Step): string {
  const named = next?.inputs?.only;
  const which = Array.isArray(named)
    ? `undeclared objects of this collection that are called ${named.join(" or ")}`
    : "undeclared objects of this collection";
  return `${which} are removed from now on; \`gatehouse drift\` lists those there are`;
}

/** The leaves in which two sets of properties differ. Keys of the engine's own are left out. */
export function changedProperties(
  before: Readonly<Record<string, unknown>> | undefined,
  after: Readonly<Record<string, unknown>> | undefined,
  cause: PropertyChange["cause"],
): readonly PropertyChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})].filter((name) => !name.startsWith("__")));
  return [...names].toSorted().flatMap((name) => leaves(name, before?.[name], after?.[name], cause));
}

function leaves(path: string, before: unknown, after: unknown, cause: PropertyChange["cause"]): PropertyChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isRecord(before) && isRecord(after)) {
    return changedProperties(before, after, cause).map((change) => ({ ...change, property: `${path}.${change.property}` }));
  }
  return [{ property: path, before: shown(before), after: shown(after), cause }];
}

function shown(value: unknown): unknown {
  return value === UNKNOWN ? UNKNOWN_SHOWN : value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Something that only a person can put right, such as a key that somebody revoked. Reported on every run, never repaired. */
export interface Finding {
  readonly kind: string;
  readonly name: string;
  readonly property: string;
  readonly value: string;
  readonly message: string;
}

/** Objects in custody that are not in good order, from the newest known outputs of each. */
export function findings(
  outputsByUrn: ReadonlyMap<string, { readonly type: string; readonly outputs: Readonly<Record<string, unknown>> }>,
): readonly Finding[] {
  return [...outputsByUrn].flatMap(([urn, { type, outputs }]) => {
    const kind = kindNamed(kindOfToken(type) ?? "");
    const status = kind?.custody && outputs[kind.custody.statusField];
    if (!kind?.custody || typeof status !== "string" || status === kind.custody.healthy) return [];
    const ended = kind.custody.ended.includes(status);
    const message = ended
      ? `is ${status} at the control plane and stays so: raise \`${kind.custody.renewedBy}\` to have a new one made, or remove the declaration`
      : `is ${status} at the control plane: only a person there can put it back into use`;
    return [{ kind: kind.name, name: logicalName(urn), property: kind.custody.statusField, value: status, message }];
  });
}
