import type { Verdict } from "./judge.js";
import type { Variant } from "./policy-names.js";
import type { Rule } from "./rule.js";

/** What was judged and waits for the policies that tell it: those of a rule and a level. */
export class Findings {
  readonly #waiting = new Map<string, readonly Verdict[]>();

  clear(): void {
    this.#waiting.clear();
  }

  add(verdicts: readonly Verdict[]): void {
    for (const verdict of verdicts) {
      const key = keyOf(verdict.rule, verdict.level);
      this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), verdict]);
    }
  }

  has(rule: Rule, variant: Variant): boolean {
    return this.#waiting.has(keyOf(rule, variant));
  }

  /** Takes out what is to be told of one object, or of all. */
  take(rule: Rule, variant: Variant, urn?: string): readonly Verdict[] {
    const key = keyOf(rule, variant);
    const all = this.#waiting.get(key) ?? [];
    const left = urn === undefined ? [] : all.filter(({ object }) => object.urn !== urn);
    if (left.length > 0) this.#waiting.set(key, left);
    else this.#waiting.delete(key);
    return all.filter((verdict) => !left.includes(verdict));
  }
}

function keyOf({ name }: Rule, variant: Variant): string {
  return `${name} ${variant}`;
}
