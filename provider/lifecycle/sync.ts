import { inputFields, type Kind } from "../../schema/kind.js";
import type { Remote } from "../adapters/adapter.js";
import { Refused } from "../errors.js";
import { sentInputs } from "./outputs.js";
import { resolvedSecrets } from "./secrets.js";
import type { Session } from "./session.js";
import { changeTo, differences, shownValue, type Values } from "./values.js";

/** Sends what differs between the declared and the observed object. `former` is what was declared before: what it names alone is cleared. */
export async function sync(session: Session, kind: Kind, desired: Values, observed: Remote, former: Values): Promise<void> {
  const [wanted, before] = [sentInputs(kind, desired), sentInputs(kind, former)];
  const changes: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(inputFields(kind))) {
    if (field.flags.createOnly || field.flags.replace) continue;
    const change = changeTo(field, wanted[name], observed.values[name], before[name]);
    if (change !== undefined) changes[name] = change;
  }
  if (Object.keys(changes).length === 0) return;
  await session.objects(kind).update(observed.owner, observed.id, resolvedSecrets(kind, changes, session.environment));
}

/** Throws Refused when the object differs in what is compared and never written. */
export function assertAsserted(kind: Kind, inputs: Values, remote: Remote): void {
  const asserted = Object.entries(inputFields(kind)).filter(([, field]) => field.flags.asserted);
  const declared = Object.fromEntries(asserted.flatMap(([name]) => (inputs[name] === undefined ? [] : [[name, inputs[name]]])));
  const wrong = differences(kind.fields, declared, remote.values);
  if (wrong.length === 0) return;
  throw new Refused({
    subject: kind.name,
    what: wrong
      .map((name) => `${name} is ${shownValue(remote.values[name])} on the server and ${shownValue(inputs[name])} in the declaration`)
      .join("; "),
    advice: "This is compared and never written: change it at the control plane, or declare what it is.",
  });
}
