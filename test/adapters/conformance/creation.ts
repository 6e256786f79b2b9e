import { expect } from "vitest";
import type { Recorded } from "../../../provider/lifecycle/lifecycle.js";
import { startRecording } from "../recording-proxy.js";
import type { Subject } from "./subject.js";

/** Made as declared, shown its secrets once, and left alone by a run that changes nothing. */
export async function isMade(subject: Subject): Promise<Recorded> {
  const { inputs } = subject;
  const made = await subject.create(inputs);
  const refreshed = await subject.read(made);
  expect(refreshed?.inputs, "nothing differs after the creation").toEqual(subject.declared(inputs));
  for (const name of subject.revealed) expect(made.outputs[name], `the creation shows ${name}`).toEqual(expect.stringMatching(/\S{8,}/));
  const same = await isLeftAlone(subject, made);
  keepsSecrets(subject, made, same, refreshed);
  return made;
}

/** What was shown once stays in the state, over a refresh and over a change. */
export function keepsSecrets(subject: Subject, made: Recorded, now: Recorded, refreshed: Recorded | undefined): void {
  for (const name of subject.revealed) {
    expect(now.outputs[name], `${name} is kept`).toBe(made.outputs[name]);
    expect(refreshed?.outputs[name], `${name} is kept over a refresh`).toBe(made.outputs[name]);
  }
}

/** An update over an object that is as declared writes nothing. */
export async function isLeftAlone(subject: Subject, object: Recorded): Promise<Recorded> {
  const { stage, inputs } = subject;
  await using proxy = await startRecording(stage.url);
  const writes = () => proxy.taken().flatMap(({ method, path }) => (method === "GET" ? [] : [`${method} ${path}`]));
  await subject.through(proxy.url).read(object);
  const signIn = writes();
  const same = await subject.through(proxy.url).update(object, inputs);
  expect(writes(), "a change of nothing writes nothing").toEqual(signIn);
  expect(await subject.seen(same), "nothing differs after it").toEqual(subject.declared(inputs));
  return same;
}
