import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WrongControlPlane } from "../../provider/errors.js";
import { assertSameControlPlane, declaredIdentity, identify, type RecordedIdentity } from "../../provider/lifecycle/identity.js";
import { Session } from "../../provider/lifecycle/session.js";
import { startTestServer, type TestServer } from "../support/start-server.js";

let one: TestServer;
let other: TestServer;
beforeAll(async () => {
  [one, other] = await Promise.all([startTestServer({ profile: "olyx" }), startTestServer({ profile: "olyx" })]);
});
afterAll(async () => {
  await Promise.all([one?.close(), other?.close()]);
});

const overApi = ({ url, token }: TestServer) =>
  new Session({ name: "main", system: "olyx", url, transport: "api", allowAssumed: true }, { GATEHOUSE_TOKEN: token });
const byPerson = (system: string) => new Session({ name: "main", system, transport: "dashboard" }, {});

/** What a run would say, whose state records this. */
async function met(recorded: RecordedIdentity, session: Session): Promise<string> {
  try {
    assertSameControlPlane("main", recorded, declaredIdentity(session));
    assertSameControlPlane("main", recorded, await identify(session));
    return "same";
  } catch (error) {
    if (!(error instanceof WrongControlPlane)) throw error;
    return error.message;
  }
}

describe("a stack's control plane", () => {
  it("may be reached by an API after a person, and by a person after an API", async () => {
    expect(await met(await identify(byPerson("olyx")), overApi(one))).toBe("same");
    expect(await met(await identify(overApi(one)), byPerson("olyx"))).toBe("same");
  });

  it("is another one at another address, with another organization, or of another system", async () => {
    const recorded = await identify(overApi(one));
    expect(await met(recorded, overApi(one))).toBe("same");
    expect(await met(recorded, overApi(other))).toContain("belongs to the address");
    expect(await met({ ...recorded, organizationId: "elsewhere" }, overApi(one))).toContain("belongs to the organization elsewhere");
    expect(await met(await identify(byPerson("floopy")), overApi(one))).toContain("belongs to the system floopy, not olyx");
    expect(await met(recorded, byPerson("floopy"))).toContain("belongs to the system olyx, not floopy");
  });

  it("is never the one that is rehearsed: what stands there is not known from the rehearsal", async () => {
    const rehearsal = new Session({ name: "main", system: "olyx", url: one.url, transport: "rehearsal" }, { GATEHOUSE_TOKEN: one.token });
    const recorded = await identify(rehearsal);
    expect(await met(recorded, rehearsal)).toBe("same");
    expect(await met(recorded, byPerson("olyx"))).toContain("belongs to the system olyx in rehearsal, not olyx");
    expect(await met(await identify(byPerson("olyx")), rehearsal)).toContain("belongs to the system olyx, not olyx in rehearsal");
  });

  it("keeps its organization while a person is the way to it, so that no other one follows", async () => {
    const recorded = await identify(overApi(one));
    const between = await identify(byPerson("olyx"), recorded);
    expect(await met(between, overApi(one))).toBe("same");
    const ofAnother = await identify(byPerson("olyx"), { ...recorded, organizationId: "elsewhere" });
    expect(await met(ofAnother, overApi(one))).toContain("belongs to the organization elsewhere");
  });
});
