import type { Field, ValueOf } from "../../schema/field.js";
import type { KindName } from "../../schema/kinds/index.js";
import type { SeenObject } from "./seen.js";
import type { StackView } from "./stack-view.js";

/** A setting of a rule: what may be configured, and what holds when nobody does. */
export interface Setting<T = unknown> {
  readonly field: Field<T>;
  readonly recommended: T;
  /** Value under the preset `strict`; the recommended one when absent. */
  readonly strict?: T;
}

export type Settings = Readonly<Record<string, Setting>>;
export type SettingValues<S extends Settings> = { readonly [P in keyof S]: ValueOf<S[P]["field"]> };

/** A setting with its default. */
export function setting<D extends Field>(field: D, recommended: ValueOf<D>, strict?: ValueOf<D>): Setting<ValueOf<D>> {
  return { field: field as Field<ValueOf<D>>, recommended, ...(strict === undefined ? {} : { strict }) };
}

/** Something that must not be, found in the declaration. */
export interface Violation {
  readonly object: SeenObject;
  /** Dotted property it is about. */
  readonly property?: string;
  /** Who and what, after the object's name: `is not locked to a project`. Without a final stop. Never a value that may be a secret. */
  readonly what: string;
  /** What to write instead, one sentence with its final stop. */
  readonly advice: string;
  /**
   * When it is told as advice though the rule is mandatory. `unlessAsked`: it can be put right, and stops a run where the house is strict
   * or gives the rule a level of its own. `always`: the system has no place for what would be right, or nobody can be sure.
   */
  readonly onlyAdvice?: "unlessAsked" | "always" | undefined;
}

/** What every rule is given besides the objects. */
export interface Occasion<V> {
  readonly settings: V;
  /** Today as `2026-11-21`, UTC. */
  readonly today: string;
  /** The layout that the organization chose. */
  readonly layout: string | undefined;
}

/** A rule over the desired state: pure, one file each. */
export interface Rule<S extends Settings = Settings> {
  /** Kebab-case, as exceptions and settings name it. */
  readonly name: string;
  /** What must hold, one sentence without its final stop, as a heading. */
  readonly title: string;
  /** Why it matters, one sentence with its final stop. Told with every violation. */
  readonly why: string;
  /** Numbered rules of the systems that it enforces (`F-21`), for the table of rules. */
  readonly enforces: readonly string[];
  /** Systems it applies to; all when absent. */
  readonly systems?: readonly string[];
  /** Level under the preset `recommended`. */
  readonly level: "advisory" | "mandatory";
  /**
   * The kind of which one resource alone can show a violation: it is then stopped before that resource changes. Absent for rules that
   * compare objects with each other.
   */
  readonly alone?: KindName;
  readonly settings: S;
  /** True for the rule about exceptions, which none may cover: it would never end. */
  readonly withoutExceptions?: boolean;
  /** Violations in a view; of one resource alone the view holds just that one. */
  readonly check: (view: StackView, occasion: Occasion<SettingValues<S>>) => readonly Violation[];
  /** The inputs of a violating object as they should be, where that is safe. Only with `alone`; used at the level `remediate`. */
  readonly fix?: (inputs: Readonly<Record<string, unknown>>, settings: SettingValues<S>) => Readonly<Record<string, unknown>>;
  /** A pair of stack file fragments for the documentation, tested. */
  readonly example: { readonly bad: string; readonly good: string };
}

/** Declares a rule. */
export function defineRule<const S extends Settings>(rule: Rule<S>): Rule {
  return rule as unknown as Rule;
}
