import { existsSync } from "node:fs";
import type { Adapter } from "../../provider/adapters/adapter.js";
import { ADAPTER_LIST } from "../../provider/adapters/index.js";
import { supportOf } from "../../provider/adapters/support.js";
import type { Values } from "../../provider/lifecycle/values.js";
import { PROFILE_NAMES } from "../../provider/server/profiles/index.js";
import type { Kind } from "../../schema/kind.js";
import { KINDS, type KindName } from "../../schema/kinds/index.js";
import { startTestServer } from "../support/start-server.js";
import type { Sample, Started, SystemSamples } from "./samples/sample.js";
import { USUAL, USUAL_BESIDE } from "./samples/usual.js";

/** What a system's own rules need to be said otherwise: its file in samples/, where it has one. All others do with the usual samples. */
const SYSTEMS: Readonly<Record<string, SystemSamples>> = Object.fromEntries(await Promise.all(ADAPTER_LIST.map(ownSamples)));

async function ownSamples({ system }: Adapter): Promise<[string, SystemSamples]> {
  const file = new URL(`samples/${system}.ts`, import.meta.url);
  if (!existsSync(file)) return [system, {}];
  const { SAMPLES } = (await import(file.href)) as { SAMPLES: SystemSamples };
  return [system, SAMPLES];
}

export interface KindSample extends Sample {
  readonly kind: KindName;
  /** The kind's name, or what tells it from the usual object of its kind. */
  readonly title: string;
}

/** A server under the system's profile, and the environment that signs in to it. */
export async function started(system: string): Promise<Started> {
  const own = SYSTEMS[system]?.start;
  if (own !== undefined) return own();
  // A system whose rules the server does not know yet is spoken to in the words that its adapter uses, under the server's own rules.
  const server = await startTestServer({ profile: PROFILE_NAMES.includes(system) ? system : "gatehouse" });
  return { server, environment: { GATEHOUSE_TOKEN: server.token } };
}

/** The kinds that a system has, by its adapter. */
export function kindsOf(adapter: Adapter): readonly KindName[] {
  return (Object.keys(KINDS) as KindName[]).filter((name) => !("lacking" in supportOf(adapter, KINDS[name])));
}

/** Kinds of a system that neither have a sample nor are waived with a reason. */
export function withoutSample(adapter: Adapter): readonly KindName[] {
  const { waived = {} } = SYSTEMS[adapter.system] ?? {};
  const titles = samplesOf(adapter).map(({ kind }) => kind);
  return kindsOf(adapter).filter((name) => !titles.includes(name) && !waived[name]);
}

/** A sample of each kind of a system, without what it has no field for. */
export function samplesOf(adapter: Adapter): readonly KindSample[] {
  const { kinds = {}, further = {}, waived = {} } = SYSTEMS[adapter.system] ?? {};
  const usual = kindsOf(adapter).flatMap((kind) => {
    const sample = USUAL[kind];
    return sample === undefined || waived[kind] !== undefined
      ? []
      : [{ kind, title: kind as string, ...laidOver(fitting(adapter, kind, sample), kinds[kind]) }];
  });
  const beside = Object.entries(USUAL_BESIDE).filter(([, sample]) => hasAllOf(adapter, sample));
  return [...usual, ...Object.entries({ ...Object.fromEntries(beside), ...further }).map(([title, sample]) => ({ title, ...sample }))];
}

/** True when nothing of the sample has to be left out or said otherwise for the system. */
function hasAllOf(adapter: Adapter, sample: Sample & { readonly kind: KindName }): boolean {
  const { inputs, change } = fitting(adapter, sample.kind, sample);
  return JSON.stringify([inputs, change]) === JSON.stringify([sample.inputs, sample.change]);
}

/** The sample of a kind that others refer to. */
export function sampleOf(adapter: Adapter, kind: KindName): KindSample | undefined {
  return samplesOf(adapter).find((sample) => sample.title === kind);
}

function laidOver(sample: Sample, over: Partial<Sample> = {}): Sample {
  const merged = (name: keyof Sample): Values =>
    Object.fromEntries(Object.entries({ ...sample[name], ...over[name] }).filter(([, value]) => value !== undefined));
  return { inputs: merged("inputs"), change: merged("change"), another: merged("another") };
}

/** The sample as the system can have it: its fields, and of the values that it knows one that it knows. */
function fitting(adapter: Adapter, name: KindName, sample: Sample): Sample {
  const suited = (values: Values, taken: Values = {}): Values => fittingValues(adapter, KINDS[name], values, taken);
  const inputs = suited(sample.inputs);
  return { inputs, change: suited(sample.change, inputs), another: suited(sample.another, inputs) };
}

function fittingValues(adapter: Adapter, kind: Kind, values: Values, taken: Values): Values {
  const support = supportOf(adapter, kind);
  if ("lacking" in support) return {};
  const fields = support.has === undefined ? undefined : [...support.has, ...(support.local ?? [])];
  const entries = Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
    const own = fields === undefined ? value : ownOf(fields, name, value);
    const known = own === undefined ? undefined : knownOf(support.values?.[name], own, taken[name]);
    return known === undefined ? [] : [[name, known]];
  });
  return Object.fromEntries(entries);
}

/** The value, or those of its members, that the system has a field for. */
function ownOf(fields: readonly string[], path: string, value: unknown): unknown {
  if (fields.some((one) => path === one || path.startsWith(`${one}.`))) return value;
  if (!fields.some((one) => one.startsWith(`${path}.`))) return undefined;
  const members = Object.entries(value as Values).map(([name, member]) => [name, ownOf(fields, `${path}.${name}`, member)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

/** The value where the system knows it, or the first that it does know besides the one that is taken. Undefined when there is none. */
function knownOf(known: readonly unknown[] | undefined, value: unknown, taken: unknown): unknown {
  if (known === undefined || (Array.isArray(value) ? value : [value]).every((one) => known.includes(one))) return value;
  if (Array.isArray(value)) return known.filter((one) => !(Array.isArray(taken) && taken.includes(one))).slice(0, value.length);
  return known.find((one) => one !== taken);
}
