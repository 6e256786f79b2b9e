import { dayAfter } from "../../schema/day-after.js";
import { durationMs } from "../../schema/duration.js";
import { isRaised } from "./raised.js";
import { type Retiring, retiringIn, type Values } from "./values.js";

/**
 * `renew`: the secret is replaced in place and the former one stops working. `begin`: a second key takes the name, and the former one
 * retires. `end`: the retiring key ends. `rollBack`: the retiring key is in use again, and the one that followed it ends.
 */
export type RotationStep = "renew" | "begin" | "end" | "rollBack";

export interface DueRotation {
  readonly step: RotationStep;
  /** Why, one clause without its final stop. */
  readonly why: string;
  /** True when no declaration changed: time alone has brought it about. */
  readonly byClock: boolean;
}

/**
 * What is to happen now to a key with these last known outputs under these inputs, besides changes of its properties. One step a run:
 * what follows from it waits for the next.
 */
export function dueRotation(outputs: Values, inputs: Values, now: Date): DueRotation | undefined {
  const retiring = retiringIn(outputs);
  const overlap = textOf(inputs.overlap);
  if (retiring !== undefined && isBackAt(retiring, outputs, inputs)) {
    const why = `\`rotate\` is back at ${retiring.rotate ?? 0}: the former key ${retiring.keyId} is in use again, and the one that followed it ends`;
    return { step: "rollBack", why, byClock: false };
  }
  if (isRaised(outputs, inputs, "rotate")) return { ...begun(overlap, "`rotate` was raised"), byClock: false };
  if (isUndelivered(outputs, inputs)) {
    return { step: "renew", why: `its secret never reached the sink ${String(inputs.deliverTo)}: it gets another one`, byClock: true };
  }
  if (retiring !== undefined) return dueEnd(retiring, overlap, now);
  const age = dueAge(outputs, inputs, now);
  return age === undefined ? undefined : { ...begun(overlap, age), byClock: true };
}

function begun(overlap: string | undefined, cause: string): Omit<DueRotation, "byClock"> {
  return overlap === undefined
    ? { step: "renew", why: `${cause}: it gets a new secret, and the former one stops working at once` }
    : { step: "begin", why: `${cause}: a second key takes its place, and the former one goes on until it was unused for ${overlap}` };
}

function isBackAt(retiring: Retiring, outputs: Values, inputs: Values): boolean {
  const [before, now, after] = [retiring.rotate ?? 0, outputs.rotate ?? 0, inputs.rotate ?? 0];
  return typeof after === "number" && typeof now === "number" && after < now && after === before;
}

/** A secret that is to be in a sink, and is neither there nor known: its hand-over failed, or the run was killed before it. */
function isUndelivered({ delivery, token, external }: Values, { deliverTo }: Values): boolean {
  return typeof deliverTo === "string" && delivery === undefined && token === undefined && external === false;
}

function dueEnd(retiring: Retiring, overlap: string | undefined, now: Date): DueRotation | undefined {
  if (overlap === undefined) {
    return { step: "end", why: `\`overlap\` is no longer declared: the former key ${retiring.keyId} ends`, byClock: false };
  }
  const earliest = endOfRetiring(retiring, overlap);
  if (earliest === undefined || earliest > now) return undefined;
  const quiet =
    retiring.lastUsedAt === undefined
      ? `made room for another one ${shownTime(retiring.since)}`
      : `was last used ${shownTime(retiring.lastUsedAt)}`;
  return {
    step: "end",
    why: `the former key ${retiring.keyId} ${quiet}, longer ago than \`overlap\` (${overlap}): it ends`,
    byClock: true,
  };
}

/** When the retiring key ends if nobody uses it until then. */
export function endOfRetiring({ since, lastUsedAt }: Retiring, overlap: string): Date | undefined {
  const quietSince = Math.max(Date.parse(since), lastUsedAt === undefined ? 0 : Date.parse(lastUsedAt));
  const end = quietSince + durationMs(overlap);
  return Number.isNaN(end) ? undefined : new Date(end);
}

function dueAge(outputs: Values, inputs: Values, now: Date): string | undefined {
  const on = nextRotation(outputs, inputs);
  if (on === undefined || on > now.toISOString().slice(0, 10)) return undefined;
  return `the secret was issued ${String(outputs.issuedAt).slice(0, 10)}, and \`rotateEvery\` is ${String(inputs.rotateEvery)}`;
}

/** The day on which the secret in use is replaced without anybody's doing, `2027-02-01`. Undefined where nothing says so. */
export function nextRotation(outputs: Values, inputs: Values): string | undefined {
  const [every, issuedAt] = [textOf(inputs.rotateEvery), textOf(outputs.issuedAt)];
  if (every === undefined || issuedAt === undefined) return undefined;
  return dayAfter(issuedAt.slice(0, 10), durationMs(every) / durationMs("1d"));
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** To the minute, as people read it. */
export function shownTime(at: string): string {
  return `${at.slice(0, 16).replace("T", " ")} UTC`;
}
