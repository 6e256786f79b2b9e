import { ADMINISTRATION, type Capability } from "../../../schema/systems/roles.js";
import type { AccessSide, PlaceChange } from "../access/access-change.js";
import type { AccessChange } from "../access/index.js";
import { differenceOfLimits, type Limit } from "../access/limit.js";
import type { SeverityRuleName } from "../severity.js";
import type { Difference } from "./access-words.js";

/** Where a change of access comes to anything but other ceilings. */
export function differencesOf({ change, places }: AccessChange): readonly Difference[] {
  const isMore = change === "gained" || change === "widened";
  return places.map((place) => differenceAt(place, isMore)).filter((difference) => isAnything(difference, isMore));
}

/** The rule that gives a change of access its severity, the worst of its places. */
export function ruleOf({ change }: AccessChange, differences: readonly Difference[]): SeverityRuleName {
  if (change === "lost") return "access-lost";
  if (change === "narrowed") return "access-narrowed";
  if (differences.some(({ administers }) => administers)) return "administration-gained";
  const manages = differences.some(({ capabilities, maybe }) => [...capabilities, ...maybe].some((one) => MANAGEMENT.includes(one)));
  return manages ? "management-gained" : "access-gained";
}

const MANAGEMENT: readonly Capability[] = ["manageKeys", "manageMembers", "configure", "delete"];

function differenceAt(place: PlaceChange, isMore: boolean): Difference {
  const [less, more] = isMore ? [place.before, place.after] : [place.after, place.before];
  const moved = more.capabilities.filter((one) => !less.capabilities.includes(one));
  // What was sure and may stay is perhaps lost; what may have been there and is sure now is gained.
  const capabilities = isMore ? moved : moved.filter((one) => !less.maybe.includes(one));
  const perhaps = more.maybe.filter((one) => !less.capabilities.includes(one) && !less.maybe.includes(one));
  const maybe = [...moved.filter((one) => !capabilities.includes(one)), ...perhaps];
  return {
    place,
    capabilities,
    maybe,
    administers:
      place.in === "organization" && administers(more) && !administersForSure(less) && (capabilities.length > 0 || maybe.length > 0),
    limits: { before: withoutCeilings(place.before.limits), after: withoutCeilings(place.after.limits) },
  };
}

function isAnything({ capabilities, maybe, limits }: Difference, isMore: boolean): boolean {
  const { wider, narrower } = differenceOfLimits(limits.before, limits.after);
  return capabilities.length + maybe.length > 0 || (isMore ? wider : narrower);
}

function administers({ capabilities, maybe }: AccessSide): boolean {
  return ADMINISTRATION.every((one) => capabilities.includes(one) || maybe.includes(one));
}

function administersForSure({ capabilities }: AccessSide): boolean {
  return ADMINISTRATION.every((one) => capabilities.includes(one));
}

function withoutCeilings(limits: readonly Limit[]): readonly Limit[] {
  return limits.filter(({ rule }) => rule !== "ceiling");
}
