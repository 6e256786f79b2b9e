import { expect, test } from "vitest";
import { create, read, update } from "../../provider/lifecycle/lifecycle.js";
import { KINDS } from "../../schema/kinds/index.js";
import { startProxy } from "../support/faulty-proxy.js";
import { startTestServer } from "../support/start-server.js";
import { sessionTo } from "./session-to.js";

const { OrganizationMember } = KINDS;

test("all reads of a run share one list, and a write drops it", async () => {
  await using server = await startTestServer();
  await using proxy = await startProxy(server.url);
  const made: Awaited<ReturnType<typeof create>>[] = [];
  for (let n = 0; n < 20; n++)
    made.push(await create(sessionTo(server), OrganizationMember, { user: `m${n}@acme.example`, role: "member" }));

  const session = sessionTo(server, proxy.url);
  const readAll = () => Promise.all(made.map(({ id, outputs }) => read(session, OrganizationMember, id, outputs)));
  expect((await readAll()).map((one) => one?.inputs.role)).toEqual(made.map(() => "member"));
  expect(proxy.requests).toHaveLength(1);

  const [first] = made;
  if (!first) throw new Error("nothing was made");
  await update(session, OrganizationMember, first.id, first.outputs, { user: "m0@acme.example", role: "viewer" });
  proxy.requests.length = 0;
  expect((await readAll())[0]?.inputs.role).toBe("viewer");
  expect(proxy.requests).toHaveLength(1);
});

test("a list that failed is asked for again", async () => {
  await using server = await startTestServer();
  await using proxy = await startProxy(server.url);
  const { id, outputs } = await create(sessionTo(server), OrganizationMember, { user: "ada@acme.example", role: "member" });
  const session = sessionTo(server, proxy.url);
  proxy.failNext({ kind: "status", status: 403, body: { code: "forbidden" } });
  await expect(read(session, OrganizationMember, id, outputs)).rejects.toThrow("gatehouse:forbidden");
  expect(await read(session, OrganizationMember, id, outputs)).toMatchObject({ id });
});
