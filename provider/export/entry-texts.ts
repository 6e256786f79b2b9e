import { type Field, memberOf } from "../../schema/field.js";
import type { Kind, Problem } from "../../schema/kind.js";
import { kindNamed } from "../../schema/kinds/index.js";
import type { Adapter } from "../adapters/adapter.js";
import { supportOf } from "../adapters/support.js";
import { isRecord, type Values } from "../lifecycle/values.js";
import type { Names } from "./names.js";

/** Where an entry stands among others, for the names in it. */
export interface Surroundings {
  readonly adapter: Adapter;
  readonly names: Names;
  /** Id of the object that the entry is nested in. */
  readonly owner: string | undefined;
}

/** Values as a file has them, and what in them no word of the stack says. */
export interface Texts {
  readonly values: Values;
  readonly problems: readonly Problem[];
}

/** The values with the names of entries in the place of what references hold. */
export function textsOf(surroundings: Surroundings, kind: Kind, values: Values): Texts {
  const problems: Problem[] = [];
  const written = Object.entries(values).map(([name, value]) => [
    name,
    textIn({ ...surroundings, problems }, kind.fields[name], value, name),
  ]);
  return { values: Object.fromEntries(written) as Values, problems };
}

type Walk = Surroundings & { readonly problems: Problem[] };

function textIn(walk: Walk, field: Field | undefined, value: unknown, path: string): unknown {
  if (field === undefined || field.flags.secret) return value;
  if (Array.isArray(value)) return value.map((item, index) => textIn(walk, field.items, item, `${path}.${index}`));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, textIn(walk, memberOf(field, name), item, `${path}.${name}`)]),
    );
  }
  return typeof value === "string" && field.reference ? referenceText(walk, field, value, path) : value;
}

function referenceText({ adapter, names, owner, problems }: Walk, { reference }: Field, value: string, path: string): string {
  const kind = kindNamed(reference?.kind ?? "");
  // Of what a system lacks nothing can be declared, and its names are free.
  if (reference === undefined || kind === undefined || "lacking" in supportOf(adapter, kind)) return value;
  const text = names.textFor(reference, value, owner);
  if (text === undefined) problems.push({ property: path, reason: `refers to a ${kind.name} that is not declared` });
  return text ?? value;
}
