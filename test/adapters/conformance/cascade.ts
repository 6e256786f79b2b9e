import { expect } from "vitest";
import { Refused } from "../../../provider/errors.js";
import type { Recorded } from "../../../provider/lifecycle/lifecycle.js";
import type { Values } from "../../../provider/lifecycle/values.js";
import type { Kind } from "../../../schema/kind.js";
import { KINDS, type KindName } from "../../../schema/kinds/index.js";
import { Reference } from "../samples/sample.js";
import type { KindSample } from "../samples.js";
import type { Stage } from "../stage.js";
import { Subject } from "./subject.js";

interface Made {
  readonly name: KindName;
  readonly inputs: Values;
  readonly object: Recorded;
}

/** The kinds that objects of others are made inside of. */
export function ownersAmong(samples: readonly KindSample[]): readonly KindName[] {
  return [...new Set(samples.flatMap(({ kind, inputs }) => Object.entries(inputs).flatMap(([name, value]) => ownerIn(kind, name, value))))];
}

function ownerIn(kind: KindName, name: string, value: unknown): readonly KindName[] {
  const isFirm = (KINDS[kind] as Kind).fields[name]?.reference?.soft === false;
  return isFirm && value instanceof Reference && value.field === undefined ? [value.kind] : [];
}

/**
 * An owner that goes behind our back takes along what is inside; a refresh tells, and the next run makes all of it again. Where a
 * removed owner is kept (`isKept`), the next run brings it back with all that is inside.
 */
export async function isMissedWithAllInside(stage: Stage, owner: KindName, samples: readonly KindSample[], isKept: boolean): Promise<void> {
  const made = await filled(stage, owner, samples);
  const lost = (await stage.prepared()).find(({ reference }) => reference.kind === owner && !reference.isSecond);
  if (lost === undefined) throw new Error(`nothing stands inside of a ${owner}`);
  await removeByHand(stage, owner, lost.recorded, made);
  if (isKept) return isBroughtBack(stage, owner, lost, made);
  for (const one of made) await isMissed(stage, one);

  const ids = new Map([[lost.recorded.id, (await stage.run().create(owner, lost.inputs)).id]]);
  for (const { name, inputs, object } of made) {
    const given = moved(inputs, ids) as Values;
    const again = await stage.run().create(name, given);
    ids.set(object.id, again.id);
    expect((await stage.run().read(name, again))?.inputs, `a ${name} is made again`).toEqual(stage.run().checked(name, given));
  }
}

/** An object of each kind inside the owner, with what these refer to, in the order in which they were made. */
async function filled(stage: Stage, owner: KindName, samples: readonly KindSample[]): Promise<readonly Made[]> {
  const inside = samples.filter(({ kind, inputs }) => Object.entries(inputs).some((entry) => ownerIn(kind, ...entry).includes(owner)));
  const subjects: Subject[] = [];
  for (const sample of inside) subjects.push(await Subject.of(stage, sample));
  const prepared = await stage.prepared();
  const ids = prepared.filter(({ reference }) => reference.kind === owner && !reference.isSecond).map(({ recorded }) => recorded.id);
  const made: Made[] = prepared
    .filter(({ reference, inputs }) => reference.kind !== owner && Object.values(inputs).some((value) => ids.includes(String(value))))
    .map(({ reference, inputs, recorded }) => ({ name: reference.kind, inputs, object: recorded }));
  const isThere = (name: KindName) => prepared.some(({ reference }) => reference.kind === name && !reference.isSecond);
  for (const subject of subjects.filter(({ name }) => !isThere(name))) {
    made.push({ name: subject.name, inputs: subject.inputs, object: await subject.create(subject.inputs) });
  }
  return made;
}

/** Where a system does not remove what is in use, whoever removes it by hand takes away first what stands in the way. */
async function removeByHand(stage: Stage, owner: KindName, lost: Recorded, made: readonly Made[]): Promise<void> {
  const inTheWay = [...made];
  for (;;) {
    const refused = await stage
      .run()
      .remove(owner, lost)
      .then(() => undefined)
      .catch((error: unknown) => error);
    if (refused === undefined) return;
    const last = inTheWay.pop();
    if (!(refused instanceof Refused) || last === undefined) throw refused;
    await stage.run().remove(last.name, last.object);
  }
}

async function isBroughtBack(
  stage: Stage,
  owner: KindName,
  lost: { recorded: Recorded; inputs: Values },
  made: readonly Made[],
): Promise<void> {
  const drifted = await stage.run().read(owner, lost.recorded);
  expect(drifted?.inputs, "a refresh sees that it is not as declared").not.toEqual(stage.run().checked(owner, lost.inputs));
  await stage.run().update(owner, { id: lost.recorded.id, outputs: drifted?.outputs ?? {} }, lost.inputs);
  for (const { name, inputs, object } of [{ name: owner, inputs: lost.inputs, object: lost.recorded }, ...made]) {
    expect((await stage.run().read(name, object))?.inputs, `a ${name} is as declared again`).toEqual(stage.run().checked(name, inputs));
  }
}

async function isMissed(stage: Stage, { name, object }: Made): Promise<void> {
  const { custody } = KINDS[name] as Kind;
  const left = await stage.run().read(name, object);
  if (custody === undefined) expect(left, `a ${name} is gone with its owner`).toBeUndefined();
  else expect(custody.ended, `the end of a ${name} is told`).toContain(left?.outputs[custody.statusField]);
  await stage.run().remove(name, object);
}

/** The values with the ids of what was made anew. */
function moved(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => moved(item, ids));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, moved(member, ids)]));
  }
  return typeof value === "string" ? (ids.get(value) ?? value) : value;
}
