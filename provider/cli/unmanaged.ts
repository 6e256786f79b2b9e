import { kindNamed, REMOTE_KINDS } from "../../schema/kinds/index.js";
import { transportOf } from "../adapters/index.js";
import type { ControlPlaneSettings } from "../http/settings.js";
import { objectIds } from "../lifecycle/live-ids.js";
import { logicalName } from "../plan/changes.js";
import { providerUrn } from "../plan/control-planes.js";
import { kindOfToken } from "../provider-string.js";
import type { UnmanagedObject } from "../report/unmanaged-object.js";
import { today } from "../today.js";
import type { PlaneQuestion, StackObject } from "../unmanaged/question.js";
import { unmanagedObjects } from "../unmanaged/unmanaged-objects.js";
import type { OpenStack } from "./engine-stack.js";
import type { GatedOutcome } from "./gated.js";
import { liveObjects } from "./live-objects.js";
import { controlPlanesOf } from "./live-state.js";
import { Reading } from "./reading.js";
import { controlPlanesIn, type StateResource } from "./state.js";

/** Kinds whose objects come and go: what there is one of, always, nobody brought in. */
const COLLECTED = REMOTE_KINDS.filter(({ singleton }) => !singleton);

/** A judged plan, with what was read to judge it. */
export interface PlanRead {
  readonly plan: Pick<GatedOutcome, "steps" | "changeSet">;
  readonly reading: Reading;
}

/**
 * What is at the control planes of a stack and that nobody declared. With a plan what it declares anew, and what it removes, is left out.
 */
export async function unmanagedIn(
  stack: OpenStack,
  resources: readonly StateResource[],
  planned?: PlanRead,
): Promise<readonly UnmanagedObject[]> {
  const { reading = new Reading(stack), plan } = planned ?? {};
  const settings = plan === undefined ? controlPlanesIn(resources).map((plane) => plane.settings) : controlPlanesOf(plan.steps);
  const planes = await Promise.all(
    settings
      .filter((one) => transportOf(one) !== "dashboard")
      .map(
        async (one): Promise<PlaneQuestion> => ({
          name: one.name,
          system: one.system,
          objects: await liveObjects(reading.session(one), COLLECTED),
          held: [...heldOn(one, resources), ...takenOn(one, plan)],
          ...plannedOn(one, plan),
        }),
      ),
  );
  const { target } = stack;
  return unmanagedObjects({ planes, stack: target.form === "stackFile" ? target.stack : undefined, today: today() });
}

/** What the state holds on a control plane, with all the ids that it stands for. */
function heldOn({ name }: ControlPlaneSettings, resources: readonly StateResource[]): readonly StackObject[] {
  const urns = controlPlanesIn(resources).flatMap((plane) => (plane.settings.name === name ? [plane.providerUrn] : []));
  return resources.flatMap(({ type, id, urn, provider, outputs = {} }) => {
    const kind = kindNamed(kindOfToken(type) ?? "");
    if (kind === undefined || id === undefined || !urns.includes(providerUrn(provider))) return [];
    return [{ kind: kind.name, name: logicalName(urn), ids: objectIds(kind, id, outputs) }];
  });
}

/** What a plan takes over: not all of it has a name by which its declaration could be told to be of it. */
function takenOn({ name }: ControlPlaneSettings, plan: PlanRead["plan"] | undefined): readonly StackObject[] {
  const own = (plan?.changeSet.objects ?? []).filter(({ controlPlane, operation }) => controlPlane === name && operation === "adopt");
  return own.flatMap(({ kind, name: logical, before }) => (before?.id === undefined ? [] : [{ kind, name: logical, ids: [before.id] }]));
}

function plannedOn({ name }: ControlPlaneSettings, plan: PlanRead["plan"] | undefined): Pick<PlaneQuestion, "declared" | "removed"> {
  const own = (plan?.changeSet.objects ?? []).filter(({ controlPlane }) => controlPlane === name);
  return {
    declared: own.flatMap(({ managed, kind, name: logical, after }) =>
      managed || after === undefined ? [] : [{ kind, name: logical, inputs: after }],
    ),
    removed: own.flatMap(({ managed, operation, kind, before }) => {
      const described = kindNamed(kind);
      const goes = !managed && operation === "delete" && described !== undefined && before?.id !== undefined;
      return goes ? [{ kind: described, id: before.id }] : [];
    }),
  };
}
