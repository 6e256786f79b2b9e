import { dayAfter, daysUntil } from "../../../schema/day-after.js";
import { NOTICE_DAYS } from "../../../schema/ends.js";
import type { ObjectStep } from "../../gates/index.js";
import { endOfRetiring, nextRotation, shownTime } from "../../rotation/due.js";
import { retiringIn } from "../../rotation/values.js";
import type { Context } from "./context.js";
import { lineAbout } from "./line-about.js";
import type { Telling } from "./telling.js";

/** What is still to come of rotations: those that the clock will begin soon, and former keys that still work. */
export function rotationLines(context: Context): readonly Telling[] {
  return context.changes.objects.flatMap((step) =>
    [announced(step, context.today), stillWorking(step)].flatMap((text): Telling[] =>
      text === undefined
        ? []
        : [{ line: lineAbout(step, { section: "keys", rule: "key-rotated", text, properties: [] }, context), tells: [] }],
    ),
  );
}

function announced({ name, before, after, rotation }: ObjectStep, today: string): string | undefined {
  const on = before === undefined || after === undefined || rotation !== undefined ? undefined : nextRotation(before.outputs, after);
  if (on === undefined || on > dayAfter(today, NOTICE_DAYS)) return undefined;
  return `key ${name} is rotated on ${on}, in ${daysUntil(on, today)} days: \`rotateEvery\` is ${String(after?.rotateEvery)}`;
}

function stillWorking({ name, before, after, rotation }: ObjectStep): string | undefined {
  const retiring = before === undefined || after === undefined || rotation !== undefined ? undefined : retiringIn(before.outputs);
  if (retiring === undefined) return undefined;
  const used = retiring.lastUsedAt === undefined ? "" : `, was last used ${retiring.lastUsedAt.slice(0, 10)}`;
  const end = endOfRetiring(retiring, String(after?.overlap));
  const ends = end === undefined ? "" : `, and ends with the first run after ${shownTime(end.toISOString())} if nobody uses it`;
  const back = retiring.rotate ?? 0;
  return `the former key ${retiring.keyId} of ${name} still works${used}${ends}; \`rotate: ${back}\` takes it into use again`;
}
