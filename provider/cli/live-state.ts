import { type Kind, ownerField } from "../../schema/kind.js";
import { REMOTE_KINDS } from "../../schema/kinds/index.js";
import { adapterOf } from "../adapters/index.js";
import { settingsFrom } from "../config.js";
import type { LivePlane, LiveState } from "../gates/index.js";
import type { ControlPlaneSettings } from "../http/settings.js";
import { Session } from "../lifecycle/session.js";
import type { Step } from "../plan/changes.js";
import { kindOfToken } from "../provider-string.js";
import type { RunOutcome } from "./engine-run.js";
import type { OpenStack } from "./engine-stack.js";
import { type LiveObject, liveObjects } from "./live-objects.js";

/**
 * What is at the control planes of a plan, as far as a change can endanger it. Kinds with one list for all are read whole; of those
 * below an owner only what is below an owner that the plan touches: requests grow with the change and not with the stack.
 */
export async function liveState(stack: OpenStack, outcome: Pick<RunOutcome, "steps" | "changes">): Promise<LiveState> {
  if (outcome.changes.every(({ operation, kind }) => operation === "create" && kind !== "ExclusiveCollection")) return {};
  const planes = controlPlanesOf(outcome.steps);
  const owners = touchedOwners(outcome);
  const read = planes.map(async (settings): Promise<[string, LivePlane]> => [settings.name, await livePlane(stack, settings, owners)]);
  return Object.fromEntries(await Promise.all(read));
}

/** The control planes in a plan that requests can be made to, as they were last applied: gates judge what is there. */
function controlPlanesOf(steps: readonly Step[]): readonly ControlPlaneSettings[] {
  return steps.flatMap(({ type, old, new: next }) => {
    const inputs = (old ?? next)?.inputs ?? {};
    if (type !== "pulumi:providers:pulumi-nodejs" || typeof inputs["gatehouse:system"] !== "string") return [];
    const settings = settingsFrom((key) => (typeof inputs[key] === "string" ? inputs[key] : undefined));
    return (settings.transport ?? adapterOf(settings.system).defaultTransport) === "dashboard" ? [] : [settings];
  });
}

async function livePlane(stack: OpenStack, settings: ControlPlaneSettings, owners: ReadonlySet<string>): Promise<LivePlane> {
  const session = new Session(settings, { ...stack.environment, GATEHOUSE_READ_ONLY: "1" });
  const { actor } = await session.adapter.identify(session.client);
  const objects = await liveObjects(session, REMOTE_KINDS, (owner) => owners.has(owner));
  return { actor, objects: objects.map(toldObject) };
}

function toldObject({ kind, remote, id }: LiveObject): LivePlane["objects"][number] {
  return { kind: kind.name, id, owner: remote.owner, values: remote.values, builtIn: remote.builtIn };
}

/** Ids of the owners of what changes, and of what changes and owns. */
function touchedOwners({ steps, changes }: Pick<RunOutcome, "steps" | "changes">): ReadonlySet<string> {
  const changed = new Set(changes.map(({ urn }) => urn));
  return new Set(
    steps.flatMap((step) => {
      if (!changed.has(step.urn)) return [];
      const { id, inputs = {} } = step.old ?? step.new ?? {};
      const kind = REMOTE_KINDS.find(({ name }) => name === kindOfToken(step.type));
      const owner = kind === undefined ? inputs.owner : inputs[ownerFieldOf(kind)];
      return [id, owner].flatMap((one) => (typeof one === "string" ? [one] : []));
    }),
  );
}

function ownerFieldOf(kind: Kind): string {
  return ownerField(kind) ?? kind.keyScope ?? "";
}
