import { describe, expect, it } from "vitest";
import { openGuarded } from "../../provider/sinks/guarded-sink.js";
import { withReadSecret } from "../../provider/sinks/read-secret.js";
import type { SinkType } from "../../provider/sinks/sink.js";
import { placeOf } from "./conformance.js";

const SECRET = "gh_live_Zx81-value-of-the-key";
const PLACE = placeOf("checkout", "api");

/** A sink whose server says this of everything that it is sent. */
const saying = (said: string): SinkType => ({
  type: "talkative",
  title: "a talkative sink",
  settings: {},
  faultOf: () => ({ status: 400, said }),
  open: async () => ({
    deliver: () => Promise.reject(new Error("refused")),
    restore: () => withReadSecret(SECRET, () => Promise.reject(new Error("refused"))),
  }),
});
const opened = (said: string) => openGuarded({ name: "tested", type: saying(said), settings: {} }, {});

describe("what a sink says of a secret that it was sent", () => {
  it("tells no beginning of the secret where it is too long to be told whole", async () => {
    const delivering = (await opened(`${"x".repeat(290)}${SECRET}`)).deliver(PLACE, SECRET);
    await expect(delivering).rejects.toThrow(/x{290}\[secret\]/);
    await expect(delivering).rejects.not.toThrow(SECRET.slice(0, 7));
  });

  it("tells no secret that the sink read to give it back", async () => {
    const restoring = (await opened(`cannot store ${SECRET}`)).restore?.(PLACE, { place: "there", version: "1" });
    await expect(restoring).rejects.toThrow('giving back the former secret of key "api": status 400: cannot store [secret]');
  });
});
