import { expect } from "vitest";
import type { Recorded } from "../../provider/lifecycle/lifecycle.js";
import type { Values } from "../../provider/lifecycle/values.js";
import { type Fields, holdsSecret } from "../../schema/field.js";
import { inputFields, type Kind } from "../../schema/kind.js";
import type { KindSample } from "./samples.js";
import type { Stage } from "./stage.js";

/** Parts of the narrative that can be skipped, with a reason, for one kind of one system. */
export type Step = "drift" | "gone" | "removedTwice" | "adoption" | "replacing";

/**
 * What every object of every system goes through: made, unchanged, changed, changed by somebody else and repaired, replaced where it
 * cannot be changed, gone behind our back, not taken over silently, released, removed twice.
 */
export async function conforms(stage: Stage, sample: KindSample, skipped: ReadonlySet<Step>): Promise<void> {
  const { kind } = sample;
  const inputs = await stage.resolved(sample.inputs);
  const changed = { ...inputs, ...(await stage.resolved(sample.change)) };
  const another = await stage.resolved(sample.another);
  const specialised = stage.run().kind(kind);
  const declared = (given: Values): Values => stage.run().checked(kind, given);
  const seen = async (object: Recorded) => (await stage.run().read(kind, object))?.inputs;

  const made = await stage.run().create(kind, inputs);
  expect(await seen(made), "nothing differs after the creation").toEqual(declared(inputs));
  const same = await stage.run().update(kind, made, inputs);
  expect(await seen(same), "nothing differs after an update that changes nothing").toEqual(declared(inputs));

  expect(stage.run().replaces(kind, made, changed), "the change is one in place").toEqual([]);
  let now = await stage.run().update(kind, made, changed);
  expect(now.id, "it is the same object after the change").toBe(made.id);
  expect(await seen(now), "nothing differs after the change").toEqual(declared(changed));

  if (!skipped.has("replacing")) {
    const { values = {} } = stage.run().session.adapter.kinds[kind] ?? {};
    for (const name of replacing(specialised, inputs).filter((one) => values[one]?.length !== 1)) {
      expect(Object.keys(another), "the sample has another value of each field that replaces").toContain(name);
      expect(stage.run().replaces(kind, now, { ...changed, [name]: another[name] }), `${name} replaces`).toContain(name);
    }
  }

  if (!skipped.has("drift")) {
    await stage.run().update(kind, now, inputs);
    const drifted = await stage.run().read(kind, now);
    const [before, after, found] = [declared(inputs), declared(changed), drifted?.inputs ?? {}].map((values) => shown(specialised, values));
    const differing = [...(after ?? [])].filter(([path, value]) => before?.has(path) && before.get(path) !== value).map(([path]) => path);
    expect(differing.length, "the change is one that can be seen").toBeGreaterThan(0);
    for (const path of differing) expect(found?.get(path), `a refresh sees that ${path} was changed by hand`).toBe(before?.get(path));
    now = await stage.run().update(kind, { id: now.id, outputs: drifted?.outputs ?? {} }, changed);
    expect(await seen(now), "the next run repairs it").toEqual(declared(changed));
  }

  if (specialised.singleton) {
    await stage.run().remove(kind, now);
    expect(await seen(now), "what there is one of is released and stays").toEqual(declared(changed));
    return;
  }
  if (!skipped.has("adoption")) await isAdoptedOnlyWhenAllowed(stage, sample, now, changed);
  await stage.run().remove(kind, now);
  if (!skipped.has("gone")) await isGone(stage, specialised, sample, now);
  if (!skipped.has("removedTwice")) await stage.run().remove(kind, now);
  const again = await stage.run().create(kind, changed);
  expect(await seen(again), "it can be made again").toEqual(declared(changed));
}

async function isAdoptedOnlyWhenAllowed(stage: Stage, { kind }: KindSample, there: Recorded, given: Values): Promise<void> {
  const { id } = there;
  await expect(stage.run().create(kind, given), "what is there is not taken over").rejects.toThrow("never taken over silently");
  const taken = await stage.run().create(kind, { ...given, adopt: "ifExists" });
  expect(taken.id, "it takes over the one that is there").toBe(id);
  expect(taken.outputs.adopted).toBe(true);
  await stage.run().remove(kind, taken);
  const left = await stage.run().read(kind, there);
  expect(left?.inputs, "an adopted object is released and stays").toEqual(stage.run().checked(kind, given));
}

/** An object in custody is never merely gone: what became of it is told. */
async function isGone(stage: Stage, { custody }: Kind, { kind }: KindSample, object: Recorded): Promise<void> {
  const left = await stage.run().read(kind, object);
  if (custody !== undefined) expect(custody.ended, "its end is told").toContain(left?.outputs[custody.statusField]);
  else expect(left, "gone is gone").toBeUndefined();
}

/** Declared fields whose change replaces the object. */
function replacing(kind: Kind, inputs: Values): readonly string[] {
  return Object.entries(inputFields(kind)).flatMap(([name, { flags }]) =>
    flags.replace && !flags.renewsSecret && inputs[name] !== undefined ? [name] : [],
  );
}

/** The values that a control plane shows, each as JSON by its dotted path. */
function shown(kind: Kind, values: Values): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (fields: Fields, own: Values, prefix: string): void => {
    for (const [name, value] of Object.entries(own)) {
      const field = fields[name];
      if (field === undefined || field.flags.local || field.flags.createOnly || field.flags.secret) continue;
      if (field.fields !== undefined && value !== null) walk(field.fields, value as Values, `${prefix}${name}.`);
      else if (!holdsSecret(field)) found.set(`${prefix}${name}`, JSON.stringify(value));
    }
  };
  walk(kind.fields, values, "");
  return found;
}
