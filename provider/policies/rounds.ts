/**
 * What the policies of one pass over a stack share. The pack asks each policy in turn with its own copy of the same resources; building
 * a view is the dear part, so the first one's is kept until a policy asks a second time.
 */
export class Rounds<T> {
  readonly #asked = new Set<string>();
  #value: T | undefined;

  shared(policy: string, build: () => T): T {
    if (this.#value === undefined || this.#asked.has(policy)) {
      this.#asked.clear();
      this.#value = build();
    }
    this.#asked.add(policy);
    return this.#value;
  }
}
