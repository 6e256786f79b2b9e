import { expect } from "vitest";
import { AlreadyExists, GatehouseError } from "../../../provider/errors.js";
import { PartialFailure, type Recorded } from "../../../provider/lifecycle/lifecycle.js";
import type { Values } from "../../../provider/lifecycle/values.js";
import { type Fault, type FaultyProxy, type Match, startProxy } from "../../support/faulty-proxy.js";
import type { KindSample } from "../samples.js";
import type { Stage } from "../stage.js";
import { Subject } from "./subject.js";

/** What may happen to a write, before and after the server does it. */
const FAULTS: Readonly<Record<string, Fault>> = {
  "the connection drops before the write": { kind: "close-before" },
  "the connection drops after the write": { kind: "close-after" },
  "the answer is half written": { kind: "half-json" },
  "the server is not available": { kind: "status", status: 503 },
};
/** What a person adds after a creation that may have been made and was not recorded. */
const TAKEN_OVER = { adopt: "ifExists", onDelete: "delete" } as const;
const WAIT_S = 1;
const TOO_MANY: Fault = { kind: "status", status: 429, headers: { "retry-after": String(WAIT_S) } };

/** An object of a kind that shows a secret, and one of a kind that shows none and stands for itself. */
export function faultedAmong(samples: readonly KindSample[], kindOf: (sample: KindSample) => Subject["kind"]): readonly KindSample[] {
  const shows = (sample: KindSample) => Object.values(kindOf(sample).fields).some(({ flags }) => flags.revealedOnce);
  const plain = samples.find((sample) => !shows(sample) && !kindOf(sample).singleton && Object.keys(sample.change).length > 0);
  return [samples.find(shows), plain].filter((sample) => sample !== undefined);
}

/** Whatever goes wrong with a write, one that is told of is done by the next run, and nothing is there twice. */
export async function survivesFaults(stage: Stage, sample: KindSample): Promise<void> {
  const subject = await Subject.of(stage, sample);
  await using proxy = await startProxy(stage.url);
  const writes = await writesOf(subject, proxy);
  for (const [what, fault] of Object.entries(FAULTS)) {
    proxy.failNext(fault, writes.create);
    const made = await again(subject, proxy, subject.inputs, await outcome(subject.through(proxy.url).create(subject.inputs)));
    const leave = made.outputs.adopted === true ? TAKEN_OVER : {};
    await isThereOnce(subject, made, { ...subject.inputs, ...leave }, `a creation: ${what}`);

    proxy.failNext(fault, writes.update);
    const wanted = { ...subject.changed, ...leave };
    const first = await outcome(subject.through(proxy.url).update(made, wanted));
    const changed = await again(subject, proxy, wanted, first, made);
    await isThereOnce(subject, changed, wanted, `a change: ${what}`);

    proxy.failNext(fault, writes.remove);
    await outcome(subject.through(proxy.url).remove(changed));
    await subject.through(proxy.url).remove(changed);
    expect(await namesakes(subject), `a removal: ${what}`).toEqual([]);
  }
}

/** A server that asks to wait is waited for, and the change is made exactly once. */
export async function waitsWhenAsked(stage: Stage, sample: KindSample): Promise<void> {
  const subject = await Subject.of(stage, sample);
  await using proxy = await startProxy(stage.url);
  const writes = await writesOf(subject, proxy);
  proxy.failNext(TOO_MANY, writes.create);
  proxy.requests.splice(0);
  const since = performance.now();
  const made = await subject.through(proxy.url).create(subject.inputs);
  expect(performance.now() - since, "it waited as long as it was asked to").toBeGreaterThanOrEqual(WAIT_S * 1000 - 20);
  const sent = proxy.requests.filter(({ method, path }) => method === writes.create.method && writes.create.path.test(path));
  expect(sent.slice(0, 2).map(({ status }) => status < 300)).toEqual([false, true]);
  await isThereOnce(subject, made, subject.inputs, "a creation that had to wait");
}

interface Write extends Match {
  readonly method: string;
  readonly path: RegExp;
}

/** Which request does the work of each verb, learnt from a life without faults. It ends with the object gone. */
async function writesOf(subject: Subject, proxy: FaultyProxy): Promise<Readonly<Record<"create" | "update" | "remove", Write>>> {
  const taken = () => proxy.requests.splice(0).filter(({ method }) => method !== "GET");
  const run = () => subject.through(proxy.url);
  await run().list();
  const signIn = taken().map(({ path }) => path);
  const writeOf = (): Write => {
    const found = taken().find(({ path }) => !signIn.includes(path));
    if (found === undefined) throw new Error(`no request did the work on a ${subject.name}`);
    return {
      method: found.method,
      path: new RegExp(signIn.length === 0 ? "" : `^(?!(${signIn.map((path) => path.replaceAll(/[^\w/-]/g, "\\$&")).join("|")})$)`),
    };
  };
  const made = await run().create(subject.inputs);
  const create = writeOf();
  const changed = await run().update(made, subject.changed);
  const update = writeOf();
  await run().remove(changed);
  return { create, update, remove: writeOf() };
}

async function outcome<T>(task: Promise<T>): Promise<T | Error> {
  const result = await task.catch((error: unknown) => error as Error);
  if (result instanceof Error)
    expect(result instanceof GatehouseError || result instanceof PartialFailure, `is told: ${result}`).toBe(true);
  return result;
}

/** The next run, which knows what the one before recorded; what that one left unrecorded is taken over when it is allowed to. */
async function again(subject: Subject, proxy: FaultyProxy, given: Values, first: Recorded | Error, there?: Recorded): Promise<Recorded> {
  const run = subject.through(proxy.url);
  const known = first instanceof PartialFailure ? first.recorded : first instanceof Error ? there : first;
  if (known !== undefined) return run.update(known, given);
  return run.create(given).catch((error: unknown) => {
    if (error instanceof AlreadyExists) return run.create({ ...given, ...TAKEN_OVER });
    throw error;
  });
}

async function isThereOnce(subject: Subject, object: Recorded, given: Values, what: string): Promise<void> {
  expect(await subject.seen(object), `${what}: the next run brings what is declared`).toEqual(subject.declared(given));
  expect(await namesakes(subject), `${what}: it is there once`).toHaveLength(1);
  for (const name of subject.revealed.filter(() => object.outputs.external !== true)) {
    expect(object.outputs[name], `${what}: ${name} is known`).toEqual(expect.stringMatching(/\S{8,}/));
  }
}

/** The objects in use that were not there before. */
async function namesakes(subject: Subject): Promise<readonly string[]> {
  const { kind, stage } = subject;
  const own = new Set((await stage.prepared()).map(({ recorded }) => recorded.id));
  const ended = kind.custody?.ended ?? [];
  const all = await subject.through(stage.url).list();
  return all
    .filter(({ values, builtIn }) => !builtIn && !ended.includes(String(values.status)))
    .flatMap(({ id }) => (own.has(id) ? [] : [id]));
}
