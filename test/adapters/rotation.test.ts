/** A rotation with overlap on every system that has keys: two keys live side by side, and both ways out end one of them. */
import { expect, test } from "vitest";
import { ADAPTER_LIST } from "../../provider/adapters/index.js";
import type { Recorded } from "../../provider/lifecycle/lifecycle.js";
import { Subject } from "./conformance/subject.js";
import { sampleOf } from "./samples.js";
import { Stage } from "./stage.js";

const SYSTEMS = ADAPTER_LIST.map(({ system }) => system);

async function keyOn(stage: Stage): Promise<Subject> {
  const sample = sampleOf(stage.run().session.adapter, "ApiKey");
  if (sample === undefined) throw new Error(`${stage.system} has no sample of a key`);
  return Subject.of(stage, sample);
}

/** Ids of the keys that give access. */
async function living(subject: Subject): Promise<readonly string[]> {
  return (await subject.through().list()).filter(({ values }) => values.status !== "revoked").map(({ id }) => id);
}

async function rotated(
  subject: Subject,
): Promise<{ readonly first: Recorded; readonly second: Recorded; readonly declared: Recorded["outputs"] }> {
  const declared = { ...subject.inputs, overlap: "1h" };
  const first = await subject.create(declared);
  expect(subject.replaces(first, { ...declared, rotate: 1 })).toEqual([]);
  return { first, second: await subject.update(first, { ...declared, rotate: 1 }), declared };
}

test.each(SYSTEMS)("%s: the second key stands beside the first, of which nothing has drifted", async (system) => {
  await using stage = await Stage.of(system);
  const subject = await keyOn(stage);
  const { first, second, declared } = await rotated(subject);
  const alive = await living(subject);
  expect(alive).toContain(first.outputs.keyId);
  expect(alive).toContain(second.outputs.keyId);
  expect(second.outputs.token).not.toBe(first.outputs.token);
  expect(await subject.seen(second)).toEqual(subject.declared({ ...declared, rotate: 1 }));
});

test.each(SYSTEMS)("%s: once overlap is over, the first key is gone and the second one stays", async (system) => {
  await using stage = await Stage.of(system);
  const subject = await keyOn(stage);
  const { first, second, declared } = await rotated(subject);
  const { overlap: _over, ...rest } = declared;
  const ended = await subject.update(second, { ...rest, rotate: 1 });
  const alive = await living(subject);
  expect([alive.includes(String(first.outputs.keyId)), alive.includes(String(ended.outputs.keyId))]).toEqual([false, true]);
});

test.each(SYSTEMS)("%s: a rotation is rolled back to the first key, under its own name", async (system) => {
  await using stage = await Stage.of(system);
  const subject = await keyOn(stage);
  const { first, second, declared } = await rotated(subject);
  const back = await subject.update(second, declared);
  const alive = await living(subject);
  expect(back.outputs).toMatchObject({ keyId: first.outputs.keyId, token: first.outputs.token });
  expect([alive.includes(String(first.outputs.keyId)), alive.includes(String(second.outputs.keyId))]).toEqual([true, false]);
  expect(await subject.seen(back)).toEqual(subject.declared(declared));
});
