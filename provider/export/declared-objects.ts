import { type Kind, ownerField } from "../../schema/kind.js";
import { KINDS } from "../../schema/kinds/index.js";
import type { Adapter } from "../adapters/adapter.js";
import { specialised } from "../adapters/support.js";
import { isNamedBy } from "../lifecycle/lookup.js";
import { isRecord, type Values } from "../lifecycle/values.js";
import type { Declaration } from "../stackfile/index.js";
import type { Listed } from "./left-out.js";
import type { NamedObject } from "./names.js";
import { ownerIdAt } from "./place.js";

/** A declaration with the live object that it names. */
export interface DeclaredObject extends Listed {
  readonly declaration: Declaration;
  /** The kind as the system has it. */
  readonly kind: Kind;
  /** What is declared, with ids in the place of references. */
  readonly inputs: Values;
}

export interface DeclaredObjects {
  readonly there: readonly DeclaredObject[];
  /** Declared, and not at the control plane: not made yet, or gone. */
  readonly missing: readonly Declaration[];
}

/** Finds the live object of each declaration by its natural key, as the lifecycle does. Declarations stand after what they refer to. */
export function declaredObjects(adapter: Adapter, declarations: readonly Declaration[], listed: readonly Listed[]): DeclaredObjects {
  const found = new Map<string, DeclaredObject>();
  const missing: Declaration[] = [];
  for (const declaration of declarations) {
    const kind = specialised(adapter, KINDS[declaration.kind]);
    if (kind.local) continue;
    const inputs = resolved(declaration.inputs, found) as Values;
    const one = listed.find((candidate) => isMeant(kind, inputs, candidate));
    const isPlaced = [ownerField(kind), kind.keyScope].every(
      (field) => declaration.inputs[field ?? ""] === undefined || inputs[field ?? ""] !== undefined,
    );
    if (one === undefined || !isPlaced) missing.push(declaration);
    else found.set(declaration.name, { kind, remote: one.remote, declaration, inputs });
  }
  return { there: [...found.values()], missing };
}

function isMeant(kind: Kind, inputs: Values, { kind: { name }, remote }: Listed): boolean {
  const owner = ownerField(kind);
  return name === kind.name && (owner === undefined || inputs[owner] === remote.owner) && isNamedBy(kind, inputs, remote);
}

function resolved(value: unknown, found: ReadonlyMap<string, DeclaredObject>): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, found));
  if (!isRecord(value)) return value;
  if (typeof value.$ref !== "string") return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolved(item, found)]));
  const target = found.get(value.$ref);
  return value.by === "id" ? target?.remote.id : (target?.inputs[String(value.by)] ?? target?.remote.values[String(value.by)]);
}

/** What others refer to the object by. */
export function namedObject({ kind, remote, declaration: { keys }, inputs }: DeclaredObject): NamedObject {
  const isAt = (under: string | undefined, at: readonly string[], isKeyed: boolean) => {
    const own = keys.slice(under === undefined ? 0 : 2);
    return own.length === at.length + (isKeyed ? 1 : 0) && at.every((step, index) => own[index] === step);
  };
  const place = kind.stackFile.find(({ under, at, keyField }) => isAt(under, at, keyField !== undefined)) ?? { at: [] };
  const owner = place.under === undefined ? undefined : ownerIdAt({ kind, place }, inputs);
  return { kind, id: remote.id, owner, path: keys, keyField: place.keyField, given: inputs };
}
