import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

/** Properties of ours in the configuration of a provider; the others are the engine's. */
const OWN = "gatehouse:";

/** Control planes whose address, system or settings change. A new or a former one shows in its objects. */
export function controlPlaneLines(context: Context): readonly Telling[] {
  return context.changes.controlPlanes.flatMap((step): Telling[] => {
    const changed = step.properties.filter(({ property }) => property.startsWith(OWN));
    if (step.before === undefined || step.after === undefined || step.operation === "same" || changed.length === 0) return [];
    const names = changed.map(({ property }) => property.slice(OWN.length));
    const text = `the control plane ${step.controlPlane} changes: ${names.join(", ")}`;
    const line = lineAbout(
      step,
      { section: "access", rule: "control-plane-changed", text, properties: changed.map(({ property }) => property) },
      context,
    );
    return [{ line, tells: [{ urn: step.urn, properties: "all" }] }];
  });
}
