import { describe, expect, test } from "vitest";
import { adapterOf } from "../../../provider/adapters/index.js";
import { KINDS } from "../../../schema/kinds/index.js";
import { samplesOf } from "../samples.js";
import { Stage } from "../stage.js";
import { isMissedWithAllInside, ownersAmong } from "./cascade.js";
import { unspoken } from "./coverage.js";
import { faultedAmong, survivesFaults, waitsWhenAsked } from "./faults.js";
import type { Part, Skips } from "./parts.js";
import { goesThroughItsStory } from "./story.js";

interface Options {
  /** What objects of this system do otherwise, by their title, each with its reason. */
  readonly skips?: Skips;
}

/** Takes everything that a system has through the one story of all of them. Gives the titles of skips that no sample has. */
export function conformance(system: string, { skips = {} }: Options = {}): { readonly unused: readonly string[] } {
  const adapter = adapterOf(system);
  const samples = samplesOf(adapter);
  const usual = samples.filter(({ kind, title }) => kind === title);

  test(`the samples of ${adapter.title} speak of every field that it has`, () => {
    expect(unspoken(adapter, samples)).toEqual([]);
  });

  describe(`${adapter.title} conforms`, () => {
    test.each(samples.map((sample) => [sample.title, sample] as const))("with a %s", async (title, sample) => {
      await using stage = await Stage.of(system);
      await goesThroughItsStory(stage, sample, new Set(Object.keys(skips[title] ?? {}) as Part[]));
      expect.hasAssertions();
    });

    test.each(ownersAmong(usual))("when a %s goes behind our back with all inside", async (owner) => {
      await using stage = await Stage.of(system);
      await isMissedWithAllInside(stage, owner, usual, skips[owner]?.gone !== undefined);
      expect.hasAssertions();
    });

    const faulted = faultedAmong(usual, ({ kind }) => KINDS[kind]).map((sample) => [sample.title, sample] as const);
    test.each(faulted)("when requests for a %s go wrong", async (_title, sample) => {
      await using stage = await Stage.of(system);
      await survivesFaults(stage, sample);
      expect.hasAssertions();
    });

    test.each(faulted.slice(0, 1))("when there are too many requests for a %s", async (_title, sample) => {
      await using stage = await Stage.of(system);
      await waitsWhenAsked(stage, sample);
      expect.hasAssertions();
    });
  });
  return { unused: Object.keys(skips).filter((one) => !samples.some(({ title }) => title === one)) };
}
