import { existsSync } from "node:fs";
import { join } from "node:path";
import { kindNamed } from "../../../schema/kinds/index.js";
import { GatehouseError } from "../../errors.js";
import { idInUse } from "../../lifecycle/live-ids.js";
import { logicalName } from "../../plan/changes.js";
import type { KnownObject } from "../../promote/way.js";
import { kindOfToken } from "../../provider-string.js";
import type { Console } from "../console.js";
import { openStack } from "../engine-stack.js";
import { type StateResource, stateResources } from "../state.js";
import type { Target } from "../target.js";

/**
 * The objects of a stack with their ids, from its state: read only, and without any request to a control plane. None where it was never
 * applied, or its state cannot be read from here, which is told.
 */
export async function knownIds(target: Target, stackName: string, console: Console): Promise<readonly KnownObject[]> {
  if (!process.env.PULUMI_BACKEND_URL && !existsSync(join(target.directory, ".gatehouse", "state"))) return [];
  try {
    const stack = await openStack({ target, stackName, console, whenAbsent: "none", readOnly: true });
    if (stack === undefined) return [];
    try {
      return (await stateResources(stack)).flatMap(knownObject);
    } finally {
      stack.close();
    }
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    console.progress(`The state of ${target.project} cannot be read, so that its ids are not told: ${error.parts.what}.`);
    return [];
  }
}

function knownObject({ type, urn, id, outputs = {} }: StateResource): readonly KnownObject[] {
  const kind = kindNamed(kindOfToken(type) ?? "");
  if (kind === undefined || kind.local || id === undefined) return [];
  return [{ kind: kind.name, path: logicalName(urn), id: idInUse(kind, id, outputs) }];
}
