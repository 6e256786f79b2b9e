import { type Field, memberOf } from "../../schema/field.js";
import type { Kind } from "../../schema/kind.js";
import type { Adapter, Remote } from "../adapters/adapter.js";
import { defaultsOf, normalised } from "../adapters/support.js";
import { isEmpty, isRecord, observedAs, sameValue, type Values, visible } from "../lifecycle/values.js";
import { liveValues } from "./declared-values.js";

/** A property that is declared otherwise than it is. Never a secret. */
export interface PropertyDifference {
  readonly property: readonly string[];
  readonly declared: unknown;
  /** Undefined where the control plane holds nothing. */
  readonly live: unknown;
}

/** In what a live object differs from what is declared of it; of what nobody declared nothing is said. */
export function propertyDifferences(adapter: Adapter, kind: Kind, inputs: Values, remote: Remote): readonly PropertyDifference[] {
  const live = liveValues(kind, remote);
  const whole = normalised(adapter, kind, { ...defaultsOf(adapter, kind), ...inputs });
  return Object.keys(inputs).flatMap((name) => {
    const field = kind.fields[name];
    return field === undefined ? [] : differencesIn(field, whole[name], live[name], [name]);
  });
}

function differencesIn(field: Field, declared: unknown, live: unknown, property: readonly string[]): readonly PropertyDifference[] {
  const now = observedAs(field, declared, live);
  if (sameValue(field, declared, now)) return [];
  if (field.fields && isRecord(declared) && isRecord(live)) {
    return Object.entries(declared).flatMap(([name, value]) => {
      const member = memberOf(field, name);
      return member === undefined ? [] : differencesIn(member, value, live[name], [...property, name]);
    });
  }
  const seen = visible(field, now);
  return [{ property, declared: visible(field, declared), live: isEmpty(seen) ? undefined : seen }];
}
