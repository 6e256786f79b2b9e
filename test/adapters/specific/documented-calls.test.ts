/** Adapters over `transport: api`, against servers that know the calls that their vendors document and no others. */
import { describe, expect, test } from "vitest";
import { create, read } from "../../../provider/lifecycle/lifecycle.js";
import { Session } from "../../../provider/lifecycle/session.js";
import { KINDS } from "../../../schema/kinds/index.js";
import { documentedApi } from "../../support/documented-api.js";

const TOKEN = "a-token-of-the-vendor";
const over = (system: string, url: string, token = TOKEN) =>
  new Session({ name: "main", system, url, transport: "api", allowAssumed: true }, { GATEHOUSE_TOKEN: token });

const NO_SUCH = {
  olyx: { error: "Not found" },
  floopy: { error: { code: "not_found", message: "not found" } },
  qodex: { title: "Not Found" },
  anyint: { error: { type: "not_found_error", code: "not_found", message: "no such route" } },
} as const;

/** What each system documents that could be read with a credential. */
const READS: Readonly<Record<keyof typeof NO_SUCH, readonly string[]>> = {
  olyx: [],
  floopy: ["GET /v1/constraints"],
  qodex: [],
  anyint: ["GET /openai/v1/models"],
};

const apiOf = (system: keyof typeof NO_SUCH) =>
  documentedApi(Object.fromEntries(READS[system].map((call) => [call, () => ({ status: 200, body: {} })])), TOKEN, NO_SUCH[system]);

describe.each(Object.keys(NO_SUCH) as (keyof typeof NO_SUCH)[])("%s", (system) => {
  test("is identified by what is documented alone", async () => {
    await using api = await apiOf(system);
    const { adapter, client } = over(system, api.url);
    expect(await adapter.identify(client)).toMatchObject({ organizationId: expect.stringMatching(/^of the /), actor: undefined });
    expect(api.seen).toEqual(READS[system]);
  });

  test("is not identified with a credential that cannot be sent, or that is refused", async () => {
    await using api = await apiOf(system);
    const identified = (session: Session) => session.adapter.identify(session.client);
    await expect(identified(over(system, api.url, ""))).rejects.toThrow("GATEHOUSE_TOKEN, which is not set");
    await expect(identified(over(system, "https://elsewhere.example"))).rejects.toThrow("no credential is bound to");
    if (READS[system].length > 0) await expect(identified(over(system, api.url, "wrong"))).rejects.toThrow("gatehouse:unauthorized");
  });

  test("tells of a call that it does not know that it was assumed, and what else can be done", async () => {
    await using api = await apiOf(system);
    const session = over(system, api.url);
    const kind = session.kind(KINDS.Project);
    const refused = expect(create(session, kind, { name: "Checkout", slug: "checkout" })).rejects;
    await refused.toThrow(/cannot be created: .*; calls for it are assumed \(.+\).*\n.*transport: dashboard/);
  });

  test("never takes an unknown call for the end of what the state holds", async () => {
    await using api = await apiOf(system);
    const session = over(system, api.url);
    await expect(read(session, session.kind(KINDS.Project), "7", { name: "Checkout" })).rejects.toThrow("gatehouse:refused");
  });
});

describe("Olyx's invitation", () => {
  /** Olyx with a list of members as we assume it, whose invitations answer nothing that anybody documents. */
  function olyxApi(members: { id: number; email: string; role: string; project_id?: number }[], invited: unknown[]) {
    const invite = (body: unknown) => {
      const { email, role } = body as { email: string; role: string };
      members.push({ id: 40 + members.length, email: email.toLowerCase(), role, project_id: 7 });
      invited.push(body);
      return { status: 201, body: { message: "Invitation sent" } };
    };
    const list = () => ({ status: 200, body: { items: members } });
    const calls = {
      "POST /api/v1/invites/customer": invite,
      "POST /api/v1/invites/project": invite,
      "GET /api/v1/members": list,
      "GET /api/v1/members/41": () => ({ status: 200, body: members[1] }),
      "PATCH /api/v1/members/41": (body: unknown) => ({ status: 200, body: Object.assign(members[1] as object, body) }),
      "GET /api/v1/projects/7/members": list,
      "GET /api/v1/projects/7/members/41": () => ({ status: 200, body: members[1] }),
    };
    return documentedApi(calls, TOKEN, NO_SUCH.olyx);
  }
  const owner = { id: 1, email: "owner@acme.example", role: "owner" };

  test.each([
    ["OrganizationMember", { user: "Ada@acme.example", role: "member" }, "41"],
    ["OrganizationMember", { user: "ada@acme.example", role: "admin" }, "41"],
    ["ProjectMember", { project: "7", user: "ada@acme.example", role: "member" }, "7/41"],
  ] as const)("of a %s %j is known by its address, whatever it answers", async (name, inputs, id) => {
    const [members, invited] = [[owner], [] as unknown[]];
    await using api = await olyxApi(members, invited);
    const session = over("olyx", api.url);
    const made = await create(session, session.kind(KINDS[name]), inputs);
    expect(made).toMatchObject({ id, outputs: { role: inputs.role } });
    expect(invited).toHaveLength(1);
    expect(members[1]).toMatchObject({ email: "ada@acme.example", role: inputs.role });
  });

  test("that nobody can look up says that it was sent, and how not to send it again", async () => {
    await using api = await documentedApi({ "POST /api/v1/invites/customer": () => ({ status: 204 }) }, TOKEN, NO_SUCH.olyx);
    const session = over("olyx", api.url);
    const failing = create(session, session.kind(KINDS.OrganizationMember), { user: "ada@acme.example", role: "member" });
    await expect(failing).rejects.toThrow(/was invited, and then cannot be listed[\s\S]*Settings -> Team[\s\S]*adopt: require/);
  });
});
