import { kindNamed } from "../../schema/kinds/index.js";
import { adapterOf } from "../adapters/index.js";
import { specialised } from "../adapters/support.js";
import type { Circumstances, LiveState } from "../gates/index.js";
import { takenOverInputs } from "../lifecycle/take-over.js";
import type { Sources } from "../report/views.js";
import { today } from "../today.js";

/** What the gates need besides a plan: what is there, and the lifecycle's own way to read it. */
export function circumstancesOf(live: LiveState, sources?: Sources): Circumstances {
  return { live, sources, observedAs, today: today() };
}

const observedAs: Circumstances["observedAs"] = (system, name, declared, live) => {
  const kind = kindNamed(name);
  return kind === undefined ? {} : takenOverInputs(specialised(adapterOf(system), kind), declared, { values: live });
};
