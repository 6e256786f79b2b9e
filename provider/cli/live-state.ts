import { type Kind, ownerField } from "../../schema/kind.js";
import { kindNamed, REMOTE_KINDS } from "../../schema/kinds/index.js";
import type { Remote } from "../adapters/adapter.js";
import { transportOf } from "../adapters/index.js";
import { type LivePlane, type LiveState, liveObjectOf, sameByName } from "../gates/index.js";
import type { ControlPlaneSettings } from "../http/settings.js";
import type { Step } from "../plan/changes.js";
import { controlPlanesAmong } from "../plan/control-planes.js";
import { kindOfToken } from "../provider-string.js";
import type { RunOutcome } from "./engine-run.js";
import { liveObjects } from "./live-objects.js";
import type { Reading } from "./reading.js";

/**
 * What is at the control planes of a plan, as far as a change can endanger it. Kinds with one list for all are read whole; of those
 * below an owner only what is below an owner that the plan touches, and what there is one of when the plan touches it: requests grow
 * with the change and not with the stack.
 */
export async function liveState(reading: Reading, outcome: Pick<RunOutcome, "steps" | "changes">): Promise<LiveState> {
  if (!meetsWhatIsThere(outcome)) return {};
  const planes = controlPlanesOf(outcome.steps);
  const changed = new Set(outcome.changes.map(({ kind }) => kind));
  const kinds = REMOTE_KINDS.filter(({ singleton, name }) => !singleton || changed.has(name));
  const isTouched = touchedOwners(outcome);
  const read = planes.map(
    async (settings): Promise<[string, LivePlane]> => [settings.name, await livePlane(reading, settings, kinds, isTouched)],
  );
  return Object.fromEntries(await Promise.all(read));
}

/** False for a plan that only makes objects of which nothing that is there can be the same, or lose or regain anything by them. */
function meetsWhatIsThere({ steps, changes }: Pick<RunOutcome, "steps" | "changes">): boolean {
  const newInputs = new Map(steps.map((step) => [step.urn, step.new?.inputs]));
  return changes.some(({ operation, kind, urn }) => {
    const described = kindNamed(kind);
    // Of a collection that becomes exclusive everything undeclared goes.
    const isObject = described !== undefined;
    const mayBeThere = described?.custody !== undefined || newInputs.get(urn)?.adopt === "ifExists";
    return operation !== "create" || !isObject || mayBeThere;
  });
}

/** The control planes in a plan that requests can be made to, as they were last applied: gates judge what is there. */
export function controlPlanesOf(steps: readonly Step[]): readonly ControlPlaneSettings[] {
  const applied = steps.map((step) => ({ ...step, inputs: (step.old ?? step.new)?.inputs }));
  return [...controlPlanesAmong(applied).values()].filter((settings) => transportOf(settings) !== "dashboard");
}

async function livePlane(
  reading: Reading,
  settings: ControlPlaneSettings,
  kinds: readonly Kind[],
  isTouched: (owner: Remote, kind: Kind) => boolean,
): Promise<LivePlane> {
  const session = reading.session(settings);
  const { actor } = await session.adapter.identify(session.client);
  const objects = await liveObjects(session, kinds, isTouched);
  return { actor, objects: objects.map(liveObjectOf) };
}

/** Tells the owners of what changes, what changes and owns itself, and what is taken over and not in the state yet. */
function touchedOwners({ steps, changes }: Pick<RunOutcome, "steps" | "changes">): (owner: Remote, kind: Kind) => boolean {
  const changed = new Set(changes.map(({ urn }) => urn));
  const touching = steps.filter(({ urn }) => changed.has(urn));
  const ids = new Set(
    touching.flatMap((step) => {
      const { id, inputs = {} } = step.old ?? step.new ?? {};
      const kind = REMOTE_KINDS.find(({ name }) => name === kindOfToken(step.type));
      const owner = kind === undefined ? inputs.owner : inputs[ownerFieldOf(kind)];
      return [id, owner].flatMap((one) => (typeof one === "string" ? [one] : []));
    }),
  );
  const isTakenOver = ({ values }: Remote, { name }: Kind) =>
    touching.some(
      ({ type, old, new: next }) => old === undefined && kindOfToken(type) === name && sameByName(name, next?.inputs ?? {}, values),
    );
  return (owner, kind) => ids.has(owner.id) || isTakenOver(owner, kind);
}

function ownerFieldOf(kind: Kind): string {
  return ownerField(kind) ?? kind.keyScope ?? "";
}
