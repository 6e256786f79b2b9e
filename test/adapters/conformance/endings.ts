import { expect } from "vitest";
import type { Recorded } from "../../../provider/lifecycle/lifecycle.js";
import type { Custody } from "../../../schema/kind.js";
import type { Part } from "./parts.js";
import type { Subject } from "./subject.js";

/** Not taken over silently; released where it was taken over. */
export async function isAdoptedOnlyWhenAllowed(subject: Subject, there: Recorded): Promise<void> {
  const { changed } = subject;
  await expect(subject.create(changed), "what is there is not taken over").rejects.toThrow("never taken over silently");
  const taken = await subject.create({ ...changed, adopt: "ifExists" });
  expect(taken.id, "it takes over the one that is there").toBe(there.id);
  expect(taken.outputs.adopted).toBe(true);
  await subject.remove(taken);
  expect(await subject.seen(there), "an adopted object is released and stays").toEqual(subject.declared(changed));
}

/** There is one, always: released, and as it was. */
export async function isReleased(subject: Subject, object: Recorded): Promise<void> {
  await subject.remove(object);
  expect(await subject.seen(object), "what there is one of is released and stays").toEqual(subject.declared(subject.changed));
}

/** Removed behind our back, removed once more, and made again. */
export async function ends(subject: Subject, object: Recorded, skipped: ReadonlySet<Part>): Promise<void> {
  const { custody } = subject.kind;
  await subject.remove(object);
  if (custody !== undefined) await isMissed(subject, object, custody);
  else if (!skipped.has("gone")) expect(await subject.seen(object), "gone is gone").toBeUndefined();
  await subject.remove(object);
  const again = await subject.create(subject.changed);
  expect(await subject.seen(again), "it can be made again").toEqual(subject.declared(subject.changed));
}

/** An object in custody is never merely gone: its end is told, and no other is made before a person says so. */
async function isMissed(subject: Subject, object: Recorded, { statusField, ended, renewedBy }: Custody): Promise<void> {
  const { inputs, changed } = subject;
  const inUse = async () => {
    const all = await subject.through().list();
    return all.filter(({ values }) => !ended.includes(String(values[statusField]))).map(({ id }) => id);
  };
  const before = await inUse();
  const left = await subject.read(object);
  expect(ended, "its end is told").toContain(left?.outputs[statusField]);
  for (const secret of subject.revealed) expect(left?.outputs[secret], `${secret} stays in the state`).toBe(object.outputs[secret]);
  const known = { id: object.id, outputs: left?.outputs ?? {} };
  expect(subject.replaces(known, changed), "nothing is made anew by itself").toEqual([]);
  await expect(subject.update(known, inputs), "nor by a change").rejects.toThrow(`Raise \`${renewedBy}\``);
  expect(await inUse()).toEqual(before);
  expect(subject.replaces(known, { ...changed, [renewedBy]: 1 }), "a person decides").toContain(renewedBy);
}
