import type { Kind } from "../../schema/kind.js";
import type { Remote } from "../adapters/adapter.js";
import { isEnded } from "../lifecycle/is-ended.js";
import { naturalKey } from "../lifecycle/natural-key.js";
import type { Values } from "../lifecycle/values.js";
import { liveValues } from "./declared-values.js";
import { ownerIdAt, placeOf } from "./place.js";

/** An object as a control plane lists it. */
export interface Listed {
  readonly kind: Kind;
  readonly remote: Remote;
}

/** A live object that no entry declares. */
export interface LeftOut extends Listed {
  /** What people call it. */
  readonly name: string;
  /** Id of the object that its entry would be nested in. */
  readonly owner: string | undefined;
  /** Why it is not declared, completing "it …". */
  readonly why: string;
}

/** Divides what is there into what can be told apart and is in use, and the rest. `today` as `2026-11-21`. */
export function declarable(
  all: readonly Listed[],
  today: string,
): { readonly kept: readonly Listed[]; readonly leftOut: readonly LeftOut[] } {
  const inUse = all.filter((one) => whyOver(one, today) === undefined);
  const byName = Map.groupBy(inUse, sharedName);
  const byPlace = Map.groupBy(inUse, sharedPlace);
  const reasons = new Map(
    all.map((one) => [
      one,
      whyOver(one, today) ?? whySame(one, byName.get(sharedName(one))) ?? whyCrowded(one, byPlace.get(sharedPlace(one))),
    ]),
  );
  return {
    kept: all.filter((one) => reasons.get(one) === undefined),
    leftOut: all.flatMap((one) => {
      const why = reasons.get(one);
      return why === undefined ? [] : [leftOut(one, why)];
    }),
  };
}

export function leftOut({ kind, remote }: Listed, why: string): LeftOut {
  const live = liveValues(kind, remote);
  const placed = placeOf(kind, live);
  return { kind, remote, name: naturalKey(kind, remote), owner: placed && ownerIdAt(placed, live), why };
}

/** What has ended gives no access, and its name is free. */
function whyOver({ kind, remote: { values } }: Listed, today: string): string | undefined {
  if (isEnded(kind, values)) return `is ${String(values[kind.custody?.statusField ?? ""])}, which is for good`;
  const { expiresAt } = values;
  return typeof expiresAt === "string" && expiresAt.slice(0, 10) <= today ? `ended on ${expiresAt.slice(0, 10)}` : undefined;
}

function whySame(one: Listed, namesakes: readonly Listed[] = []): string | undefined {
  const others = namesakes.filter((other) => other !== one).map(({ remote }) => remote.id);
  if (others.length === 0) return undefined;
  return `has the same ${one.kind.key.join(" or ")} as ${others.join(", ")}, so that no declaration can name one of them: rename all but one`;
}

function whyCrowded(one: Listed, neighbours: readonly Listed[] = []): string | undefined {
  const others = neighbours.filter((other) => other !== one).map(({ remote }) => remote.id);
  return others.length === 0 ? undefined : `would stand at the one place of a stack file where ${others.join(", ")} would stand too`;
}

/** Objects that share this are one and the same to a declaration, as a stack file judges duplicates. */
function sharedName({ kind, remote }: Listed): string {
  const values: Values = liveValues(kind, remote);
  const property = kind.key.find((name) => values[name] !== undefined);
  const field = property === undefined ? undefined : kind.fields[property];
  const value = property === undefined ? (kind.key.length === 0 ? "" : undefined) : values[property];
  const name = field?.flags.caseInsensitive ? String(value).toLowerCase() : value;
  const scope = kind.keyScope === undefined ? (remote.owner ?? null) : (values[kind.keyScope] ?? null);
  return JSON.stringify([kind.name, scope, property ?? null, name ?? null]);
}

/** Objects that share this would be one and the same entry. */
function sharedPlace({ kind, remote }: Listed): string {
  const values = liveValues(kind, remote);
  const placed = placeOf(kind, values);
  const isKeyed = placed === undefined || placed.place.keyField !== undefined;
  return isKeyed
    ? `${kind.name}\n${remote.owner ?? ""}\n${remote.id}`
    : JSON.stringify([ownerIdAt(placed, values) ?? null, placed.place.at]);
}
