import { expect } from "vitest";
import type { Recorded } from "../../../provider/lifecycle/lifecycle.js";
import type { Kind } from "../../../schema/kind.js";
import { isLeftAlone } from "./creation.js";
import type { Subject } from "./subject.js";

/** An invitation that nobody accepted yet exists: it is pending, and no run sends it again. */
export async function isInvitedOnce(subject: Subject, made: Recorded): Promise<void> {
  for (const status of pendingFields(subject.kind)) {
    expect(made.outputs[status], "nobody has accepted it yet").toBe("pending");
    const same = await isLeftAlone(subject, made);
    expect((await subject.read(same))?.outputs[status], "and it is pending still").toBe("pending");
  }
}

function pendingFields({ fields }: Kind): readonly string[] {
  return Object.entries(fields).flatMap(([name, { flags, schema }]) =>
    flags.computed && Array.isArray(schema.enum) && schema.enum.includes("pending") ? [name] : [],
  );
}
