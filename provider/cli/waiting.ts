import type { Fields } from "../../schema/field.js";
import type { Kind } from "../../schema/kind.js";
import { KIND_LIST, kindNamed } from "../../schema/kinds/index.js";
import { hasUnknown } from "../../schema/unknown.js";
import { adapterOf, transportOf } from "../adapters/index.js";
import { specialised } from "../adapters/support.js";
import { type Confirmation, confirmationsOf, readConfirmations } from "../dashboard/confirmations.js";
import type { Step } from "../dashboard/steps.js";
import type { ControlPlaneSettings } from "../http/settings.js";
import { parseObjectId } from "../lifecycle/object-id.js";
import { type Change, personStep } from "../lifecycle/person-step.js";
import { type Step as EngineStep, logicalName } from "../plan/changes.js";
import { controlPlanesAmong, providerUrn } from "../plan/control-planes.js";
import { kindOfToken } from "../provider-string.js";
import type { RunOutcome } from "./engine-run.js";
import type { OpenStack } from "./engine-stack.js";
import type { StateResource } from "./state.js";

/** What of a plan is a person's to do. */
export interface Waiting {
  /** Not confirmed, and can be done now, each after those it needs. */
  readonly open: readonly Step[];
  /** Confirmed, and not recorded yet. */
  readonly confirmed: readonly Step[];
  /** Logical names of objects whose step needs ids of objects that wait themselves. */
  readonly later: readonly string[];
  /** URNs of what must be left out of the run, sorted. */
  readonly exclude: readonly string[];
  /**
   * What depends on it must be left out as well, since some of it is not there yet. Not asked for otherwise: while dependents are left
   * out, the engine deletes nothing that shares a control plane with it.
   */
  readonly withDependents: boolean;
  /** URNs of the objects in `confirmed`. */
  readonly confirmedUrns: readonly string[];
}

/** One step of the engine on an object behind a dashboard. Its step is undefined while something it needs is unknown. */
interface ByPerson {
  readonly urn: string;
  readonly step: Step | undefined;
  readonly isConfirmed: boolean;
}

/** Nobody has to do anything. */
export const NOTHING_WAITS: Waiting = { open: [], confirmed: [], later: [], exclude: [], withDependents: false, confirmedUrns: [] };

/** Tells the steps for people in a plan, with the state that it was made on. The plan must be a full one. */
export function waitingIn(stack: OpenStack, planned: RunOutcome, state: readonly StateResource[]): Waiting {
  const file = stack.environment.GATEHOUSE_CONFIRMATIONS;
  const planes = dashboardPlanes(planned.steps);
  if (planes.size === 0) return NOTHING_WAITS;
  const confirmations = file ? readConfirmations(file) : [];
  const names = namesOf(state);
  const all = planned.steps.flatMap((step) => byPerson(step, planes, confirmations)).map((one) => withNames(one, names));
  const steps = inOrder(all.flatMap(({ step }) => step ?? []));
  const isConfirmed = (step: Step) => confirmationsOf(step, confirmations).length > 0;
  const waiting = new Set(all.filter((one) => !one.isConfirmed).map(({ urn }) => urn));
  const open = steps.filter((step) => !isConfirmed(step));
  const later = [...new Set(all.filter(({ step }) => step === undefined).map(({ urn }) => logicalName(urn)))].toSorted();
  return {
    open,
    confirmed: steps.filter(isConfirmed),
    later,
    exclude: withKept(waiting, planned.steps, state),
    withDependents: later.length > 0 || open.some(({ operation }) => operation === "create" || operation === "adopt"),
    confirmedUrns: all.filter(({ urn }) => !waiting.has(urn)).map(({ urn }) => urn),
  };
}

/** Control planes that a person is the way to, by the URN of their provider. */
function dashboardPlanes(steps: readonly EngineStep[]): ReadonlyMap<string, ControlPlaneSettings> {
  const resources = steps.map((step) => ({ ...step, inputs: (step.new ?? step.old)?.inputs }));
  return new Map([...controlPlanesAmong(resources)].filter(([, settings]) => transportOf(settings) === "dashboard"));
}

function byPerson(
  step: EngineStep,
  planes: ReadonlyMap<string, ControlPlaneSettings>,
  confirmations: readonly Confirmation[],
): readonly ByPerson[] {
  const settings = planes.get(providerUrn(step.provider));
  const described = kindNamed(kindOfToken(step.type) ?? "");
  if (settings === undefined || described === undefined) return [];
  const adapter = adapterOf(settings.system);
  const change = changeOf(step);
  if (change === undefined) return [];
  if (change === "unknown") return [{ urn: step.urn, step: undefined, isConfirmed: false }];
  const found = personStep({ settings, adapter }, specialised(adapter, described), change, logicalName(step.urn));
  return found === undefined ? [] : [{ urn: step.urn, step: found, isConfirmed: confirmationsOf(found, confirmations).length > 0 }];
}

/** A replacement is announced as a whole, too: only its two halves are acts. */
function changeOf({ op, old, new: next }: EngineStep): Change | "unknown" | undefined {
  const olds = own(old?.outputs);
  const news = own(next?.inputs);
  switch (op) {
    case "create":
    case "create-replacement":
      return hasUnknown(news) ? "unknown" : { operation: "create", inputs: news };
    case "update":
      return hasUnknown(news) ? "unknown" : { operation: "update", objectId: old?.id ?? "", olds, news };
    case "delete":
    case "delete-replaced":
      return { operation: "delete", objectId: old?.id ?? "", olds };
    default:
      return undefined;
  }
}

function own(values: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values ?? {}).filter(([name, value]) => !name.startsWith("__") && value !== null));
}

/** Logical names of the objects in the state, by kind and id. */
function namesOf(state: readonly StateResource[]): ReadonlyMap<string, string> {
  return new Map(
    state.flatMap((resource): [string, string][] => {
      const kind = kindNamed(kindOfToken(resource.type) ?? "");
      return kind === undefined ? [] : [[`${kind.name} ${parseObjectId(kind, resource.id ?? "").id}`, logicalName(resource.urn)]];
    }),
  );
}

/** An id says nothing to a person at a dashboard: what it belongs to is said beside it. */
function withNames(one: ByPerson, names: ReadonlyMap<string, string>): ByPerson {
  if (one.step === undefined) return one;
  const fields = one.step.fields.map((field) => {
    const name = names.get(`${field.refersTo} ${field.after}`);
    return name === undefined ? field : { ...field, after: `${field.after} (${name})` };
  });
  return { ...one, step: { ...one.step, fields } };
}

/** What something waiting to be deleted depends on must stay as long as it does, though it would be deleted itself. */
function withKept(waiting: ReadonlySet<string>, steps: readonly EngineStep[], state: readonly StateResource[]): readonly string[] {
  const deleted = new Set(steps.filter(({ op }) => op === "delete" || op === "delete-replaced").map(({ urn }) => urn));
  const byUrn = new Map(state.map((resource) => [resource.urn, resource]));
  const kept = new Set(waiting);
  for (const urn of kept) {
    if (!deleted.has(urn)) continue;
    for (const needed of byUrn.get(urn)?.dependencies ?? []) if (deleted.has(needed)) kept.add(needed);
  }
  return [...kept].toSorted();
}

/**
 * What others refer to is made first and deleted last. Deletions come after everything else, so that nothing is lost before its
 * successor is there, unless the successor needs its place.
 */
function inOrder(steps: readonly Step[]): readonly Step[] {
  const rank = (step: Step) => RANKS.get(step.kind) ?? 0;
  const byName = (a: Step, b: Step) => (a.object < b.object ? -1 : a.object > b.object ? 1 : 0);
  const makes = steps.filter(({ operation }) => operation !== "delete").toSorted((a, b) => rank(a) - rank(b) || byName(a, b));
  const isInTheWay = (gone: Step) =>
    makes.some((made) => made.operation === "create" && made.object === gone.object && samePlace(made, gone));
  const deletes = steps.filter(({ operation }) => operation === "delete").toSorted((a, b) => rank(b) - rank(a) || byName(a, b));
  return [...deletes.filter(isInTheWay), ...makes, ...deletes.filter((step) => !isInTheWay(step))];
}

function samePlace(made: Step, gone: Step): boolean {
  return made.id.replace(":create:", ":delete:") === gone.id;
}

/** How many kinds stand above a kind in the chain of its references. */
const RANKS: ReadonlyMap<string, number> = new Map(KIND_LIST.map((kind) => [kind.name, rankOf(kind, [])]));

function rankOf(kind: Kind, below: readonly string[]): number {
  const targets = referencesIn(kind.fields).flatMap((name) => kindNamed(name) ?? []);
  const above = targets.filter(({ name }) => name !== kind.name && !below.includes(name));
  return above.length === 0 ? 0 : 1 + Math.max(...above.map((target) => rankOf(target, [...below, kind.name])));
}

/** Names of the kinds that fields refer to, at any depth. */
function referencesIn(fields: Fields): readonly string[] {
  return Object.values(fields).flatMap((field) => [
    ...(field.reference === undefined ? [] : [field.reference.kind]),
    ...referencesIn(field.fields ?? field.items?.fields ?? {}),
  ]);
}
