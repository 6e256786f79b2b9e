import { type Fields, holdsSecret } from "../../schema/field.js";
import type { Kind } from "../../schema/kind.js";
import type { Adapter, Remote } from "../adapters/adapter.js";
import { offersField } from "../adapters/support.js";
import { isRecord, type Values } from "../lifecycle/values.js";
import { digestOf, separated, wordsOf } from "./key.js";

/** A secret of an entry, and the variable that would hold its value. */
export interface NamedSecret {
  /** Dotted path in the entry. */
  readonly property: string;
  readonly variable: string;
}

/** The secrets that an entry names: those without which the object would be none, and those that it is seen to have. */
export function secretsOf(kind: Kind, { hasSecrets = [] }: Remote): readonly string[] {
  const needed = Object.entries(kind.fields).flatMap(([name, { flags }]) =>
    flags.secret && !flags.optional && !flags.computed ? [name] : [],
  );
  return [...new Set([...needed, ...hasSecrets])];
}

/** The secrets that such an object may have and of which nothing can be seen. */
export function unseenSecrets(adapter: Adapter, kind: Kind, remote: Remote): readonly string[] {
  if (remote.hasSecrets !== undefined) return [];
  const named = secretsOf(kind, remote);
  return secretPaths(kind.fields, "").filter((path) => !named.includes(path) && offersField(adapter, kind, path));
}

function secretPaths(fields: Fields, prefix: string): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const { secret, computed, createOnly } = field.flags;
    if (computed || createOnly || !holdsSecret(field)) return [];
    return secret ? [`${prefix}${name}`] : secretPaths(field.fields ?? field.items?.fields ?? {}, `${prefix}${name}.`);
  });
}

/** Variable for a secret: `GATEHOUSE_`, what its entry is called, and the property. */
export function variableFor(keys: readonly string[], property: string): string {
  const words = [...keys, property].map((text) => wordsOf(separated(text)) ?? digestOf(text));
  return `GATEHOUSE_${words.join("-").toUpperCase().replaceAll("-", "_")}`;
}

/** The values with references to variables where the secrets are. No version: what nobody can compare is sent when somebody says so. */
export function withSecrets(values: Values, secrets: readonly NamedSecret[]): Values {
  return secrets.reduce<Values>(
    (all, { property, variable }) => withReference(all, property.split("."), { env: variable }) as Values,
    values,
  );
}

function withReference(value: unknown, [step = "", ...rest]: readonly string[], reference: unknown): unknown {
  const inner = (item: unknown) => (rest.length === 0 ? reference : withReference(item, rest, reference));
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === step ? inner(item) : item));
  const members = isRecord(value) ? value : {};
  return { ...members, [step]: inner(members[step]) };
}
