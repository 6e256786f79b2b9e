import type { Problem } from "../../../schema/kind.js";

type Values = Readonly<Record<string, unknown>>;

/** Members of a limit that say how long its window is, by the type of the window. The server reads those of the other type nowhere. */
const WINDOWS: Readonly<Record<string, readonly string[]>> = { period: ["period"], rolling: ["rollingAmount", "rollingUnit"] };

/** Windows that are said twice, of the limits under this property. */
export function limitRules(property: string, limits: unknown): readonly Problem[] {
  return listOf(limits).flatMap((limit, index) =>
    Object.entries(WINDOWS)
      .filter(([windowType]) => windowType !== limit.windowType)
      .flatMap(([windowType, members]) => members.filter((member) => limit[member] !== undefined).map((member) => ({ windowType, member })))
      .map(({ windowType, member }) => ({
        property: `${property}.${index}.${member}`,
        reason: `is read in a window of the type ${windowType} only: leave it out, or write windowType: ${windowType}`,
      })),
  );
}

/** Limits that a key has of its own: each model once, and ceilings wherever they are not lifted. */
export function overrideRules(overrides: unknown): readonly Problem[] {
  const entries = listOf(overrides);
  return [
    ...repetitions(entries.map(({ model }) => model)).map((index) => ({
      property: `limits.${index}.model`,
      reason: `${String(entries[index]?.model)} has limits already: write all of them in one entry`,
    })),
    ...entries.flatMap(({ mode = "replace", limits }, index) => [
      ...modeRules(`limits.${index}.limits`, String(mode), listOf(limits).length > 0),
      ...limitRules(`limits.${index}.limits`, limits),
    ]),
  ];
}

function modeRules(property: string, mode: string, hasLimits: boolean): readonly Problem[] {
  if (mode !== "disable" && !hasLimits) {
    return [
      { property, reason: `is missing, and mode ${mode} does nothing without: write the ceilings, or mode: disable to lift the model's` },
    ];
  }
  return mode === "disable" && hasLimits
    ? [{ property, reason: "has no effect, since mode disable lifts all limits: leave it out, or write another mode" }]
    : [];
}

/** Places of values that stand further up as well. */
export function repetitions(values: readonly unknown[]): readonly number[] {
  return values.flatMap((value, index) => (value !== undefined && values.indexOf(value) < index ? [index] : []));
}

function listOf(values: unknown): readonly Values[] {
  return Array.isArray(values) ? values.filter((value): value is Values => typeof value === "object" && value !== null) : [];
}
