import type { Field, Fields } from "../../schema/field.js";
import { UNKNOWN } from "../../schema/unknown.js";
import type { Values } from "./facts.js";

/** A ceiling in a set of inputs. */
export interface Cap {
  /** Where it stands: `rates.requestsPerMinute`, `limits[gpt-5-mini].limits[cost daily].value`. */
  readonly path: string;
  /** As it is written. `UNKNOWN` for what only an apply will know. */
  readonly value: number | typeof UNKNOWN;
  /** The same for one hour, where the amount is for a period beside it: `amountUsd` of a budget. */
  readonly weight: number;
  /** True for a ceiling over others, which ends with its object. */
  readonly isShared: boolean;
}

/** Hours of the periods that an amount may be for. */
const HOURS: Readonly<Record<string, number>> = { hour: 1, day: 24, week: 168, month: 730, year: 8760 };

/** All ceilings in a set of inputs, by the flag `cap` of their fields. */
export function capsIn(fields: Fields, values: Values, prefix = ""): readonly Cap[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = values[name];
    if (value === undefined || value === null || !holdsCap(field)) return [];
    return capsAt(field, value, `${prefix}${name}`, hoursOf(values));
  });
}

function capsAt(field: Field, value: unknown, path: string, hours: number): readonly Cap[] {
  if (value === UNKNOWN || (field.flags.cap !== undefined && hours === 0))
    return [{ path, value: UNKNOWN, weight: Number.POSITIVE_INFINITY, isShared: isShared(field) }];
  if (field.flags.cap !== undefined)
    return typeof value === "number" ? [{ path, value, weight: value / hours, isShared: isShared(field) }] : [];
  if (Array.isArray(value)) return value.flatMap((item) => capsInItem(field.items, item, path));
  return field.fields === undefined ? [] : capsIn(field.fields, value as Values, `${path}.`);
}

/** An item of a list is known by all that it says besides its ceilings: where that changes, the former ceiling is gone. */
function capsInItem(items: Field | undefined, item: unknown, path: string): readonly Cap[] {
  if (item === UNKNOWN) return [{ path, value: UNKNOWN, weight: Number.POSITIVE_INFINITY, isShared: false }];
  if (items?.fields === undefined) return [];
  const said = Object.entries(items.fields).flatMap(([name, field]) => {
    const value = (item as Values)[name];
    return holdsCap(field) || value === undefined || value === null ? [] : [value === UNKNOWN ? "(known after apply)" : String(value)];
  });
  return capsIn(items.fields, item as Values, `${path}[${said.join(" ")}].`);
}

function holdsCap(field: Field): boolean {
  if (field.flags.cap !== undefined || (field.items !== undefined && holdsCap(field.items))) return true;
  return Object.values(field.fields ?? {}).some(holdsCap);
}

function isShared(field: Field): boolean {
  return field.flags.cap === "shared";
}

/** Hours that the amounts beside it are for; 0 when only an apply will know, 1 where there is no such period. */
function hoursOf({ period }: Values): number {
  return period === UNKNOWN ? 0 : typeof period === "string" ? (HOURS[period] ?? 1) : 1;
}
