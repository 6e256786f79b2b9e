import type { Kind } from "../../schema/kind.js";
import type { Remote } from "../adapters/adapter.js";
import { NotKept } from "../errors.js";
import { idInUse } from "./live-ids.js";
import { formatObjectId } from "./object-id.js";
import { outputsOf, sentInputs } from "./outputs.js";
import type { Session } from "./session.js";
import { differences, shownValue, type Values } from "./values.js";

/** An object as the state records it. */
export interface Recorded {
  readonly id: string;
  readonly outputs: Values;
}

/** The object exists, and not all of it is as declared. What is known of it must be recorded, or it would be lost. */
export class PartialFailure extends Error {
  readonly recorded: Recorded;

  constructor(recorded: Recorded, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.recorded = recorded;
  }
}

/** An object that was written: what to record of it, under the id that the state has for it, or its own when it is new. */
export interface Written {
  readonly remote: Remote;
  readonly kept: Values;
  readonly objectId?: string | undefined;
}

export function recordedOf(kind: Kind, inputs: Values, { remote, kept, objectId }: Written): Recorded {
  return { id: objectId ?? formatObjectId(kind, remote), outputs: outputsOf(kind, inputs, remote, kept) };
}

/** Records the object also when the task fails. */
export async function recordedOnFailure(recorded: Recorded, task: () => Promise<Recorded>): Promise<Recorded> {
  try {
    return await task();
  } catch (error) {
    throw error instanceof PartialFailure ? error : new PartialFailure(recorded, error);
  }
}

/** Reads back what was written, and refuses to call it done when the server did not keep it. */
export async function verified(session: Session, kind: Kind, inputs: Values, written: Written): Promise<Recorded> {
  const before = recordedOf(kind, inputs, written);
  return recordedOnFailure(before, async () => {
    const { owner, id } = written.remote;
    const now = await session.objects(kind).fetch(owner, id);
    const recorded = recordedOf(kind, inputs, { ...written, remote: now });
    const declared = Object.fromEntries(Object.entries(sentInputs(kind, inputs)).filter(([name]) => isVisible(kind, name)));
    const lost = differences(kind.fields, declared, now.values);
    if (lost.length === 0) return recorded;
    const told = lost.map((name) => `${name} is ${shownValue(now.values[name])} instead of ${shownValue(inputs[name])}`).join(", ");
    const problem = new NotKept({
      subject: `${kind.name} ${idInUse(kind, before.id, recorded.outputs)}`,
      what: `the control plane accepted the change and did not keep it: ${told}`,
      advice: "Run again; if it stays, the control plane limits or alters this value: declare what it keeps.",
    });
    throw new PartialFailure(recorded, problem);
  });
}

function isVisible(kind: Kind, name: string): boolean {
  const flags = kind.fields[name]?.flags;
  return flags !== undefined && !flags.secret && !flags.createOnly;
}
