import { endOf } from "../../schema/ends.js";
import { kindNamed } from "../../schema/kinds/index.js";
import { kindOfToken } from "../provider-string.js";
import { providerUrn } from "./control-planes.js";

/** As much of a step of the engine as tells an end. */
interface Ending {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly provider?: string | undefined;
  readonly old?: { readonly inputs?: Readonly<Record<string, unknown>> } | undefined;
}

/**
 * The day with which each object of a plan ended (`2026-11-20`), by URN: of those that are deleted because an earlier run recorded that
 * day, and of what is named after them and goes along. Nothing has ended where `today` is not given.
 */
export function endedIn(steps: readonly Ending[], today: string | undefined): ReadonlyMap<string, string> {
  const deleted = steps.filter(({ op }) => op === "delete");
  const own = new Map(deleted.flatMap((step) => withEnd(step, endedOn(step, today))));
  const ended = deleted.filter(({ urn }) => own.has(urn));
  const along = deleted.flatMap((step) => {
    const above = ended.find((other) => isNamedAfter(step, other));
    return own.has(step.urn) || above === undefined ? [] : withEnd(step, own.get(above.urn));
  });
  return new Map([...own, ...along]);
}

/** The day with which an object ended, as it was applied; undefined when none is recorded or it has not come. */
export function endedOn({ type, old }: Pick<Ending, "type" | "old">, today: string | undefined): string | undefined {
  const kind = kindNamed(kindOfToken(type) ?? "");
  const end = kind === undefined ? undefined : endOf(kind, old?.inputs ?? {});
  return end !== undefined && today !== undefined && end <= today ? end : undefined;
}

function withEnd({ urn }: Ending, day: string | undefined): readonly (readonly [string, string])[] {
  return day === undefined ? [] : [[urn, day]];
}

/** True when what tells an object from its siblings is a reference to the other one: the person of a membership. */
function isNamedAfter(step: Ending, other: Ending): boolean {
  const kind = kindNamed(kindOfToken(step.type) ?? "");
  if (kind === undefined || providerUrn(step.provider) !== providerUrn(other.provider)) return false;
  return kind.key.some((name) => {
    const reference = kind.fields[name]?.reference;
    if (reference === undefined || reference.kind !== kindOfToken(other.type)) return false;
    return folded(step.old?.inputs?.[name]) === folded(other.old?.inputs?.[reference.by]);
  });
}

function folded(value: unknown): string {
  return String(value).toLowerCase();
}
