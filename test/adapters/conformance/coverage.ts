import type { Adapter } from "../../../provider/adapters/adapter.js";
import { supportOf } from "../../../provider/adapters/support.js";
import { isRecord } from "../../../provider/lifecycle/values.js";
import type { Kind } from "../../../schema/kind.js";
import { KINDS, type KindName } from "../../../schema/kinds/index.js";
import type { KindSample } from "../samples.js";
import { isCovered, leavesOf } from "./paths.js";

/** Fields that a system has and that no sample of it declares, as `kind.field`: nothing would be known of them. */
export function unspoken(adapter: Adapter, samples: readonly KindSample[]): readonly string[] {
  return [...new Set(samples.map(({ kind }) => kind))].flatMap((kind) => {
    const own = samples.filter((sample) => sample.kind === kind);
    const isSpokenOf = (path: string) =>
      own.some(({ inputs, change }) => [inputs, change].some((values) => valueAt(values, path) !== undefined));
    return fieldsOf(adapter, kind).flatMap((path) => (isSpokenOf(path) ? [] : [`${kind}.${path}`]));
  });
}

function fieldsOf(adapter: Adapter, kind: KindName): readonly string[] {
  const support = supportOf(adapter, KINDS[kind]);
  if ("lacking" in support) return [];
  const { fields }: Kind = KINDS[kind];
  // What is kept in the state alone, no system is asked to keep.
  const sent = Object.fromEntries(Object.entries(fields).filter(([, { flags }]) => !flags.local));
  return leavesOf(sent).flatMap(({ path }) => (isCovered(support, path) ? [path] : []));
}

function valueAt(values: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), values);
}
