import { kindNamed } from "../../schema/kinds/index.js";
import { type Facts, fewAdministrators } from "../gates/index.js";
import { read } from "../lifecycle/lifecycle.js";
import { Session } from "../lifecycle/session.js";
import { type Finding, findings } from "../plan/changes.js";
import type { SeenObject } from "../policies/seen.js";
import type { StackView } from "../policies/stack-view.js";
import { kindOfToken } from "../provider-string.js";
import { today } from "../today.js";
import type { OpenStack } from "./engine-stack.js";
import { controlPlanesIn, type StateResource } from "./state.js";

/** What is out of order in what was applied last: keys that were revoked, paused or lost. Who administers, the state alone cannot say. */
export function appliedFindings(resources: readonly StateResource[]): readonly Finding[] {
  return findings(new Map(resources.map(({ urn, type, outputs = {} }) => [urn, { type, outputs }])));
}

/** The same as the control planes tell it now, and organizations that too few can administer. `live` must hold every member. */
export async function liveFindings(stack: OpenStack, live: StackView, resources: readonly StateResource[]): Promise<readonly Finding[]> {
  const asRead = await Promise.all(
    controlPlanesIn(resources).map(async ({ settings, providerUrn }) => {
      const session = new Session(settings, { ...stack.environment, GATEHOUSE_READ_ONLY: "1" });
      const own = resources.filter(({ provider }) => provider?.startsWith(`${providerUrn}::`));
      return Promise.all(own.map((resource) => inCustodyNow(session, resource)));
    }),
  );
  return [...fewAdministrators(standing(live)), ...appliedFindings(asRead.flat(2))];
}

/** An object in custody as it is now; nothing for any other. */
async function inCustodyNow(session: Session, resource: StateResource): Promise<readonly StateResource[]> {
  const described = kindNamed(kindOfToken(resource.type) ?? "");
  if (described?.custody === undefined) return [];
  const found = await read(session, session.kind(described), resource.id ?? "", resource.outputs ?? {});
  return found === undefined ? [] : [{ ...resource, outputs: found.outputs }];
}

/** What is there, as a change that changes nothing. */
function standing({ objects }: StackView): Facts {
  const changes = { objects: objects.map(unchanged), controlPlanes: [] };
  return { changes, live: {}, operation: "up", today: today() };
}

function unchanged({ kind, name, urn, id, system, controlPlane, inputs, outputs }: SeenObject): Facts["changes"]["objects"][number] {
  const before = { id, inputs, outputs };
  return { kind, name, urn, system, controlPlane, operation: "same", managed: true, before, after: inputs, properties: [] };
}
