import { expect } from "vitest";
import type { Recorded } from "../../../provider/lifecycle/lifecycle.js";
import type { Values } from "../../../provider/lifecycle/values.js";
import { inputFields } from "../../../schema/kind.js";
import { keepsSecrets } from "./creation.js";
import { fieldChanges } from "./field-changes.js";
import { differing, shown, withValue } from "./paths.js";
import type { Subject } from "./subject.js";

/** Each field changed alone is seen at the server, and is drift to whoever did not declare it; the next run repairs it. */
export async function changesFieldByField(subject: Subject, made: Recorded): Promise<Recorded> {
  const { kind, inputs, changed, support, sample } = subject;
  const alone = fieldChanges(kind.fields, inputs, changed, support.values ?? {}).filter(({ path }) => !sample.together?.includes(path));
  const before = shown(kind.fields, subject.declared(inputs));
  let now = made;
  for (const { path, value } of alone) {
    expect(value, `the sample gives another value of ${path}`).toBeDefined();
    const given = withValue(inputs, path, value);
    expect(subject.replaces(now, given), `${path} changes in place`).toEqual([]);
    now = await subject.update(now, given);
    expect(now.id, `it is the same object after a change of ${path}`).toBe(made.id);
    const refresh = subject.through();
    const refreshed = await refresh.read(now);
    expect(refreshed?.inputs, `nothing but ${path} differs from before`).toEqual(subject.declared(given));
    keepsSecrets(subject, made, now, refreshed);
    const drift = [...before.keys()].filter((one) => one === path || one.startsWith(`${path}.`));
    const found = shown(kind.fields, (await refresh.read(made))?.inputs ?? {});
    expect(differing(before, found), `a refresh sees that ${path} was changed by hand`).toEqual(drift);
  }
  return repaired(subject, await subject.update(now, inputs), inputs);
}

/** All changed at once, back by hand, and repaired. */
export async function changesAtOnce(subject: Subject, made: Recorded): Promise<Recorded> {
  const { inputs, changed } = subject;
  const after = await subject.update(made, changed);
  expect(await subject.seen(after), "nothing differs after the change").toEqual(subject.declared(changed));
  await subject.update(after, inputs);
  return repaired(subject, after, changed);
}

async function repaired(subject: Subject, object: Recorded, given: Values): Promise<Recorded> {
  const drifted = await subject.read(object);
  const now = await subject.update({ id: object.id, outputs: drifted?.outputs ?? {} }, given);
  expect(await subject.seen(now), "the next run repairs it").toEqual(subject.declared(given));
  return now;
}

/** A list whose order means nothing is the same in any order. */
export function takesListsInAnyOrder(subject: Subject, object: Recorded): void {
  for (const given of [subject.inputs, subject.changed]) {
    const turned = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        subject.kind.fields[name]?.flags.unordered && Array.isArray(value) ? value.toReversed() : value,
      ]),
    );
    expect(subject.declared(turned), "the order of unordered lists makes no difference").toEqual(subject.declared(given));
    expect(subject.replaces(object, turned)).toEqual([]);
  }
}

/** Each field that cannot be changed in place replaces the object. */
export function isReplaced(subject: Subject, object: Recorded): void {
  const { values = {} } = subject.support;
  for (const [field, { flags }] of Object.entries(inputFields(subject.kind))) {
    if (!flags.replace || flags.renewsSecret || subject.changed[field] === undefined || values[field]?.length === 1) continue;
    expect(Object.keys(subject.another), "the sample has another value of each field that replaces").toContain(field);
    const given = { ...subject.changed, [field]: subject.another[field] };
    expect(subject.replaces(object, given), `${field} replaces`).toContain(field);
  }
}
