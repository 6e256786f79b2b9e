import { type Field, holdsSecret, memberOf } from "../../schema/field.js";
import { inputFields, type Kind } from "../../schema/kind.js";
import type { Remote } from "../adapters/adapter.js";
import { observedInputs } from "./outputs.js";
import { isRecord, type Values } from "./values.js";

/**
 * The secrets that an object which is taken over keeps: nobody can compare them, so those are sent whose reference has a `version`, and
 * those that a program gives by value. What holds others stays out, at any depth; a list of objects is one of both as a whole.
 */
export function keptSecrets(kind: Kind, inputs: Values): Values {
  return within(inputFields(kind), inputs);
}

function within(fields: Readonly<Record<string, Field>>, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const kept = fields[name] === undefined ? undefined : keptIn(fields[name], value);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

function keptIn(field: Field, value: unknown): unknown {
  if (!holdsSecret(field)) return undefined;
  if (field.flags.secret) return isUnversioned(value) ? value : undefined;
  if (Array.isArray(value)) return sendsSecret(field, value) ? undefined : value;
  if (!isRecord(value)) return undefined;
  const members = Object.fromEntries(
    Object.keys(value).flatMap((name) => {
      const member = memberOf(field, name);
      return member === undefined ? [] : [[name, member]];
    }),
  );
  const kept = within(members, value);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** True where a value holds a secret that is to be sent. */
function sendsSecret(field: Field, value: unknown): boolean {
  if (value === undefined || value === null || !holdsSecret(field)) return false;
  if (field.flags.secret) return !isUnversioned(value);
  if (Array.isArray(value)) return value.some((item) => sendsSecret(field.items ?? field, item));
  return (
    isRecord(value) && Object.entries(value).some(([name, item]) => sendsSecret(memberOf(field, name) ?? { schema: {}, flags: {} }, item))
  );
}

function isUnversioned(value: unknown): boolean {
  return isRecord(value) && value.version === undefined && (value.env !== undefined || value.file !== undefined);
}

/** What a live object is of the inputs that take it over, in the form of the inputs: where both are the same, nothing is sent. */
export function takenOverInputs(kind: Kind, inputs: Values, live: Pick<Remote, "values">): Values {
  const observed = observedInputs(kind, inputs, { id: "", owner: undefined, builtIn: false, ...live });
  return Object.fromEntries(
    Object.entries(observed).flatMap(([name, value]) => {
      const field = inputFields(kind)[name];
      const seen = field === undefined ? value : withoutSent(field, value);
      return seen === undefined ? [] : [[name, seen]];
    }),
  );
}

/** Without the secrets that are to be sent: they are a change. */
function withoutSent(field: Field, value: unknown): unknown {
  if (!sendsSecret(field, value)) return value;
  if (!isRecord(value) || field.flags.secret) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const member = memberOf(field, name);
      const kept = member === undefined ? item : withoutSent(member, item);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}
