import { KINDS, type KindName } from "../../schema/kinds/index.js";
import type { Adapter, KindSupport } from "../adapters/adapter.js";
import { offersField, supportOf } from "../adapters/support.js";

/** True when a system has objects of this kind. */
export function offersKind(adapter: Adapter, kind: KindName): boolean {
  return supportIn(adapter, kind) !== undefined;
}

/** True when a system has a place for this field, be it in the state alone. */
export function offers(adapter: Adapter, kind: KindName, field: string): boolean {
  return offersField(adapter, KINDS[kind], field);
}

/** True when a system makes no object of this kind without the field. */
export function needs(adapter: Adapter, kind: KindName, field: string): boolean {
  return supportIn(adapter, kind)?.needs?.[field] !== undefined;
}

/** What a system has of a kind; undefined where it has none of it. */
export function supportIn(adapter: Adapter, kind: KindName): KindSupport | undefined {
  const support = supportOf(adapter, KINDS[kind]);
  return "lacking" in support ? undefined : support;
}

/** Why a system has none of a kind, and what it has instead. */
export function lackOf(adapter: Adapter, kind: KindName): string {
  const support = supportOf(adapter, KINDS[kind]);
  return "lacking" in support ? support.lacking : "";
}
