import type { ObjectStep } from "../../gates/index.js";
import type { PropertyChange } from "../../plan/changes.js";
import type { ReportLine } from "../report.js";

/** What a line tells of an object: the whole change, or that of some properties with all that is in them. */
export interface Told {
  readonly urn: string;
  readonly properties: "all" | readonly string[];
}

/** A line, and what need not be told again. */
export interface Telling {
  readonly line: ReportLine;
  readonly tells: readonly Told[];
}

/** What lines have told so far. */
export class ToldSoFar {
  readonly #properties = new Map<string, Set<string>>();
  readonly #whole = new Set<string>();

  constructor(tellings: readonly Telling[]) {
    for (const { tells } of tellings) for (const { urn, properties } of tells) this.#add(urn, properties);
  }

  /** True when nothing about the change of an object is left to tell. To say what became of some properties tells no creation. */
  isWhole(step: ObjectStep): boolean {
    if (this.#whole.has(step.urn)) return true;
    const isInPlace = step.operation === "update" || (step.operation === "adopt" && step.before !== undefined);
    return isInPlace && step.properties.length > 0 && this.left(step).length === 0;
  }

  /** The changed properties that no line told. */
  left({ urn, properties }: ObjectStep): readonly PropertyChange[] {
    if (this.#whole.has(urn)) return [];
    const told = [...(this.#properties.get(urn) ?? [])];
    return properties.filter(({ property }) => !told.some((one) => isWithin(property, one) || isWithin(one, property)));
  }

  #add(urn: string, properties: Told["properties"]): void {
    if (properties === "all") this.#whole.add(urn);
    else this.#properties.set(urn, new Set([...(this.#properties.get(urn) ?? []), ...properties]));
  }
}

/** True for a property and for what is inside of it. */
export function isWithin(property: string, outer: string): boolean {
  return property === outer || property.startsWith(`${outer}.`);
}
