import { inputFields, inputsSchema, type Kind, type Problem } from "../../schema/kind.js";
import { hasUnknown } from "../../schema/unknown.js";
import { validatorOf } from "../../schema/validator.js";
import { defaultsOf, normalised, supportProblems, transportProblem } from "../adapters/support.js";
import { rehearsalProblem } from "../http/settings.js";
import type { Session } from "./session.js";
import { sinkProblems } from "./sink-problems.js";
import { turnProblems } from "./turn-problems.js";
import { canonical, type Values } from "./values.js";

/** By the kind as a system has it, which one session makes once. */
const validators = new WeakMap<Kind, ReturnType<typeof validatorOf>>();

export interface Checked {
  /** The inputs in canonical form. */
  readonly inputs: Values;
  /** Everything that is wrong with them; empty when they may be applied. */
  readonly problems: readonly Problem[];
}

/**
 * Validates everything that can be validated without the network, the way to the control plane included, and puts the inputs in
 * canonical form. Unknown values pass. What no control plane knows has no session. `former` are the inputs that the state holds.
 */
export function check(kind: Kind, given: Values, session?: Session, former: Values = {}): Checked {
  const adapter = session?.adapter;
  const fields = inputFields(kind);
  const declared = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
  const inputs = Object.fromEntries(
    Object.entries(adapter ? normalised(adapter, kind, { ...defaultsOf(adapter, kind), ...declared }) : declared).map(([name, value]) => [
      name,
      fields[name] ? canonical(fields[name], value) : value,
    ]),
  );
  const known = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !hasUnknown(value)));
  const own = session
    ? [
        ...supportProblems(session.adapter, kind, inputs, hasUnknown),
        ...wayProblems(session, kind, inputs),
        ...sinkProblems(session, inputs, former),
        ...turnProblems(session, kind, former, declared, inputs),
      ]
    : [];
  return { inputs, problems: [...schemaProblems(kind, inputs), ...kind.rules(known), ...own] };
}

/** Why no change of the object would arrive: told here, or a preview would be green and its run stop half-way. */
function wayProblems({ adapter, settings, transport, environment }: Session, kind: Kind, inputs: Values): Problem[] {
  const carried = transportProblem(adapter, kind, transport, settings.allowAssumed ?? false, inputs);
  const rehearsed = rehearsalProblem(settings, environment);
  return [
    ...(carried === undefined ? [] : [{ property: "", reason: `cannot go over transport ${transport}: ${carried}` }]),
    ...(rehearsed === undefined ? [] : [{ property: "", reason: `${rehearsed.subject} ${rehearsed.what}. ${rehearsed.advice}` }]),
  ];
}

function schemaProblems(kind: Kind, inputs: Values): readonly Problem[] {
  let validate = validators.get(kind);
  if (!validate) {
    validate = validatorOf(inputsSchema(kind));
    validators.set(kind, validate);
  }
  return validate(inputs);
}
