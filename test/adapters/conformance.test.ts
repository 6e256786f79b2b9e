import { describe, expect, test } from "vitest";
import { ADAPTER_LIST } from "../../provider/adapters/index.js";
import { conforms, type Step } from "./conformance.js";
import { samplesOf } from "./samples.js";
import { Stage } from "./stage.js";

/** What an object of a kind does otherwise on every system, with the reason. */
const EVERYWHERE: Readonly<Record<string, Readonly<Partial<Record<Step, string>>>>> = {
  ProviderCredential: { drift: "all that can change is the secret, which no system shows again" },
};

/** What a system does otherwise, as `system: object: step`, with the reason. */
const SKIPS: Readonly<Record<string, Readonly<Record<string, Readonly<Partial<Record<Step, string>>>>>>> = {
  floopy: { "RoutingPolicy without a name": { gone: "the constraints return to those of the platform and are always there" } },
  olyx: { Project: { gone: "a removed project is archived and stays readable" } },
  routerly: { RoutingPolicy: { gone: "the routing is part of its project, and stays there without models and policies" } },
  qodex: {
    Project: {
      gone: "a removed project is archived and stays readable",
    },
  },
};

for (const adapter of ADAPTER_LIST) {
  const samples = samplesOf(adapter);

  describe(`${adapter.title} conforms`, () => {
    test.each(samples.map((sample) => [sample.title, sample] as const))("with a %s", async (title, sample) => {
      await using stage = await Stage.of(adapter.system);
      await conforms(stage, sample, new Set(Object.keys({ ...EVERYWHERE[title], ...SKIPS[adapter.system]?.[title] }) as Step[]));
      expect.hasAssertions();
    });
  });
}

test("what is skipped is there to be skipped", () => {
  const there = Object.fromEntries(ADAPTER_LIST.map((adapter) => [adapter.system, samplesOf(adapter).map(({ title }) => title)]));
  const skipped = Object.entries(SKIPS).flatMap(([system, kinds]) => Object.keys(kinds).map((title) => [system, title] as const));
  expect(skipped.filter(([system, title]) => !there[system]?.includes(title))).toEqual([]);
});
