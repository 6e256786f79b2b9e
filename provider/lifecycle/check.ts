import { inputFields, inputsSchema, type Kind, type Problem } from "../../schema/kind.js";
import { hasUnknown } from "../../schema/unknown.js";
import { validatorOf } from "../../schema/validator.js";
import type { Adapter } from "../adapters/adapter.js";
import { defaultsOf, normalised, supportProblems } from "../adapters/support.js";
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
 * Validates everything that can be validated without the network, and puts the inputs in canonical form. Unknown values pass. What no
 * control plane knows has no adapter.
 */
export function check(kind: Kind, given: Values, adapter?: Adapter): Checked {
  const fields = inputFields(kind);
  const declared = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
  const inputs = Object.fromEntries(
    Object.entries(adapter ? normalised(adapter, kind, { ...defaultsOf(adapter, kind), ...declared }) : declared).map(([name, value]) => [
      name,
      fields[name] ? canonical(fields[name], value) : value,
    ]),
  );
  const known = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !hasUnknown(value)));
  const own = adapter ? supportProblems(adapter, kind, inputs, hasUnknown) : [];
  return { inputs, problems: [...schemaProblems(kind, inputs), ...kind.rules(known), ...own] };
}

function schemaProblems(kind: Kind, inputs: Values): readonly Problem[] {
  let validate = validators.get(kind);
  if (!validate) {
    validate = validatorOf(inputsSchema(kind));
    validators.set(kind, validate);
  }
  return validate(inputs);
}
