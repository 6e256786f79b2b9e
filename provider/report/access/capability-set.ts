import { CAPABILITIES, type Capability } from "../../../schema/systems/roles.js";

/** A set of capabilities, one bit each: those that hold for sure, and those that may hold besides. No capability is in both. */
export interface CapabilitySet {
  readonly sure: number;
  readonly maybe: number;
}

export const NOTHING: CapabilitySet = { sure: 0, maybe: 0 };

const BITS = new Map<Capability, number>(CAPABILITIES.map((capability, index) => [capability, 1 << index]));

/** These capabilities, for sure. */
export function setOf(capabilities: readonly Capability[]): CapabilitySet {
  return { sure: capabilities.reduce((bits, capability) => bits | (BITS.get(capability) ?? 0), 0), maybe: 0 };
}

/** What any of the sets gives; what one gives for sure is no longer a maybe. */
export function unionOf(sets: readonly CapabilitySet[]): CapabilitySet {
  const sure = sets.reduce((bits, set) => bits | set.sure, 0);
  return { sure, maybe: sets.reduce((bits, set) => bits | set.maybe, 0) & ~sure };
}

/** The same capabilities, none of them for sure. */
export function uncertain({ sure, maybe }: CapabilitySet): CapabilitySet {
  return { sure: 0, maybe: sure | maybe };
}

/** The capabilities that are in a bound as well. */
export function within(set: CapabilitySet, bound: CapabilitySet): CapabilitySet {
  const bits = bound.sure | bound.maybe;
  return { sure: set.sure & bits, maybe: set.maybe & bits };
}

export function isNothing({ sure, maybe }: CapabilitySet): boolean {
  return (sure | maybe) === 0;
}

export function isSame(one: CapabilitySet, other: CapabilitySet): boolean {
  return one.sure === other.sure && one.maybe === other.maybe;
}

/** True when a set gives nothing that another does not give at least as surely. */
export function isCovered({ sure, maybe }: CapabilitySet, by: CapabilitySet): boolean {
  return (sure & ~by.sure) === 0 && (maybe & ~(by.sure | by.maybe)) === 0;
}

/** The capabilities of a set by name, in the order of the table of roles. */
export function capabilitiesOf({ sure, maybe }: CapabilitySet): {
  readonly sure: readonly Capability[];
  readonly maybe: readonly Capability[];
} {
  const named = (bits: number) => CAPABILITIES.filter((_, index) => (bits & (1 << index)) !== 0);
  return { sure: named(sure), maybe: named(maybe) };
}
