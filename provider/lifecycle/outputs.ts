import { COMMON_FIELDS, computedFields, inputFields, type Kind } from "../../schema/kind.js";
import type { Remote } from "../adapters/adapter.js";
import { observedAs, type Values } from "./values.js";

/** The declared inputs as the control plane holds them. What is local or write-only cannot be seen there and stays as declared. */
export function observedInputs(kind: Kind, declared: Values, remote: Remote): Values {
  const fields = inputFields(kind);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = declared[name];
      if (value === undefined) return [];
      const now = observedAs(field, value, remote.values[name]);
      return now === undefined || now === null ? [] : [[name, now]];
    }),
  );
}

/**
 * The full outputs of an object: its declared inputs as observed, what the control plane assigns, and what only the state knows
 * (`kept`: secrets shown once, whether it was adopted).
 */
export function outputsOf(kind: Kind, declared: Values, remote: Remote, kept: Values): Values {
  const computed = Object.entries(computedFields(kind)).flatMap(([name, field]) => {
    const { revealedOnce, local } = field.flags;
    const value = revealedOnce || local ? kept[name] : remote.values[name];
    return value === undefined || value === null ? [] : [[name, value]];
  });
  return { ...observedInputs(kind, declared, remote), ...Object.fromEntries(computed) };
}

/** The declared inputs among a set of outputs: every field that is not computed. */
export function declaredIn(kind: Kind, outputs: Values): Values {
  const fields = inputFields(kind);
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => Object.hasOwn(fields, name)));
}

/** The inputs that are sent to a control plane as properties. */
export function sentInputs(kind: Kind, inputs: Values): Values {
  const fields = inputFields(kind);
  return Object.fromEntries(
    Object.entries(inputs).filter(([name]) => {
      const flags = fields[name]?.flags;
      return flags !== undefined && !Object.hasOwn(COMMON_FIELDS, name) && !flags.local && !flags.asserted;
    }),
  );
}
