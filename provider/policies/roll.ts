import type { Rule } from "./rule.js";
import type { Bag } from "./seen.js";

/**
 * Which rules the configuration of a pack (`--policy-pack-config`) leaves on, and the settings it gives them, by the rule's name. A
 * policy can read its own configuration only, and one that is switched off is never asked: the first resource calls the roll.
 */
export class Roll {
  readonly #configured = new Map<string, Bag>();

  answer({ name }: Rule, configured: Bag): void {
    this.#configured.set(name, configured);
  }

  hasAnswered({ name }: Rule): boolean {
    return this.#configured.has(name);
  }

  /** Whoever does not answer is switched off. Before any resource was seen nobody is. */
  isOn(rule: Rule): boolean {
    return this.#configured.size === 0 || this.hasAnswered(rule);
  }

  configuredOf({ name }: Rule): Bag {
    return this.#configured.get(name) ?? {};
  }
}
