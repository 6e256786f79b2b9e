import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { ADAPTER_LIST } from "../../provider/adapters/index.js";
import type { Recorded } from "../../provider/lifecycle/lifecycle.js";
import type { Values } from "../../provider/lifecycle/values.js";
import { inputFields, type Kind } from "../../schema/kind.js";
import { type RecordedRequest, startRecording } from "./recording-proxy.js";
import { Reference } from "./samples/sample.js";
import { type KindSample, samplesOf, withoutSample } from "./samples.js";
import { type Known, stableRequest, type WireRequest } from "./stable-request.js";
import { Stage } from "./stage.js";
import { written } from "./written-json.js";

test.each(ADAPTER_LIST.map(({ system }) => system))("every kind that %s has has a sample", (system) => {
  const adapter = ADAPTER_LIST.find((one) => one.system === system);
  expect(adapter && withoutSample(adapter), "add them to samples/usual.ts, or waive them with a reason").toEqual([]);
});

test.each(ADAPTER_LIST.map(({ system }) => system))("%s has a test that takes it through the conformance story", (system) => {
  expect(existsSync(new URL(`${system}.test.ts`, import.meta.url)), `add test/adapters/${system}.test.ts, as short as the others`).toBe(
    true,
  );
});

test.each(ADAPTER_LIST.map((adapter) => [adapter.system, adapter] as const))(
  "%s is asked exactly what its golden file says, for each kind and verb",
  async (system, adapter) => {
    const golden: Record<string, Verbs> = {};
    for (const sample of samplesOf(adapter)) golden[sample.title] = await requestsOf(system, sample);
    const text = `${written(golden)}\n`;
    expect(text).not.toMatch(/hushed|Bearer/);
    await expect(text).toMatchFileSnapshot(`wire/${system}.json`);
  },
);

type Verbs = Readonly<Record<string, readonly WireRequest[]>>;

/** What is sent in the life of one object. Each verb is a run of its own, as in a command. */
async function requestsOf(system: string, { kind, ...sample }: KindSample): Promise<Verbs> {
  await using stage = await Stage.of(system);
  const inputs = await stage.resolved(sample.inputs);
  const changed = { ...inputs, ...(await stage.resolved(sample.change)) };
  await using proxy = await startRecording(stage.url);
  const raw: Record<string, readonly RecordedRequest[]> = {};
  const secrets = new Set(stage.secrets);
  const run = () => stage.signingIn(proxy.url);
  const verb = async <T>(name: string, task: () => Promise<T>): Promise<T> => {
    const result = await task();
    raw[name] = proxy.taken();
    for (const secret of secretsOf(result)) secrets.add(secret);
    return result;
  };

  const made = await verb("create", () => run().create(kind, inputs));
  await verb("read", () => run().read(kind, made));
  let now = await verb("update", () => run().update(kind, made, changed));
  const renewing = renewedBy(run().kind(kind));
  if (renewing !== undefined) now = await verb("renewSecret", () => run().update(kind, now, { ...changed, [renewing]: 1 }));
  await verb("remove", () => run().remove(kind, now));

  const known: Known = {
    id: made.id,
    declared: JSON.stringify(ownValues(inputs, sample.inputs)),
    others: (await stage.prepared()).map(({ reference, recorded, inputs: given }) => ({
      id: recorded.id,
      declared: JSON.stringify(given),
      placeholder: `<${reference.isSecond ? "second " : ""}${reference.kind}>`,
    })),
    secrets: [...secrets],
  };
  return Object.fromEntries(Object.entries(raw).map(([name, requests]) => [name, requests.map((one) => stableRequest(one, known))]));
}

/** The field that renews a secret in place, where the kind has one there. */
function renewedBy(kind: Kind): string | undefined {
  return Object.entries(inputFields(kind)).find(([, { flags }]) => flags.renewsSecret && !flags.replace)?.[0];
}

function secretsOf(result: unknown): readonly string[] {
  const { outputs = {} } = (result ?? {}) as { outputs?: Values } & Partial<Recorded>;
  return typeof outputs.token === "string" ? [outputs.token] : [];
}

/** What was written in the sample itself, and not taken from another object. */
function ownValues(inputs: Values, sample: Values): Values {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !(sample[name] instanceof Reference)));
}
