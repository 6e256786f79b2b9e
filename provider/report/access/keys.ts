import { KINDS } from "../../../schema/kinds/index.js";
import { isKnown, known, type SeenObject, UNKNOWN, type Unknown } from "../../policies/seen.js";
import type { StackView } from "../../policies/stack-view.js";
import { type CapabilitySet, NOTHING, setOf, uncertain, unionOf } from "./capability-set.js";
import type { HolderDrafts } from "./holder-draft.js";
import { asFarAs, inForce } from "./in-force.js";
import { keyLimits } from "./key-limits.js";
import { projectNamed } from "./project-name.js";

type Key = SeenObject<"ApiKey">;

/** What keys give to whoever holds them. A key that ended gives nothing. */
export function giveKeys(drafts: HolderDrafts, view: StackView, keys: readonly Key[], today: string): void {
  for (const key of keys) {
    const force = inForce(view, key, today);
    if (force === "no" || hasEnded(key)) continue;
    const lock = projectNamed(view, key, "project");
    const draft = drafts.of(
      { type: "key", name: known(key.inputs.name) ?? key.name },
      {
        urn: key.urn,
        owner: known(key.inputs.owner),
        environment: environmentOf(view, key),
      },
    );
    draft.giveInOrganization("permissions of the key", asFarAs(force, permitted(key)));
    draft.limit(keyLimits(key));
    const calls = asFarAs(force, setOf(["callModels"]));
    if (lock !== undefined) draft.giveIn(lock, "hard lock", calls);
    else if (key.inputs.project === UNKNOWN) draft.giveInEveryProject("hard lock to a project known after apply", uncertain(calls));
    else {
      draft.giveInEveryProject("not locked to a project", calls);
      const fallback = projectNamed(view, key, "defaultProject");
      if (fallback !== undefined) draft.giveIn(fallback, "default project of the key", calls);
    }
  }
}

function hasEnded({ outputs }: Key): boolean {
  const { custody } = KINDS.ApiKey;
  return custody?.ended.includes(String(outputs[custody.statusField])) === true;
}

/** Besides calling models, a key reads or changes what the organization's own interface offers. */
function permitted({ inputs }: Key): CapabilitySet {
  const { permissions } = inputs;
  const all = setOf(["view", "configure"]);
  if (permissions === UNKNOWN) return uncertain(all);
  const each: readonly (string | Unknown)[] = permissions ?? [];
  return unionOf(
    each.map((one) => (one === UNKNOWN ? uncertain(all) : one === "write" ? all : one === "read" ? setOf(["view"]) : NOTHING)),
  );
}

function environmentOf(view: StackView, key: Key): string | undefined {
  const environment = view.environmentOf(key);
  return environment === UNKNOWN ? "unknown" : isKnown(environment) ? environment : undefined;
}
