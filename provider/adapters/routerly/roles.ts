import type { Client } from "../../http/client.js";
import type { ObjectApi, Remote } from "../adapter.js";
import { noSecret } from "./no-secret.js";
import { atServer } from "./server.js";
import type { WireRole } from "./wire.js";

/** Custom roles; their id is the name by which users have them. */
export function roleObjects(client: Client): ObjectApi {
  const subject = (id: unknown) => `Role "${String(id)}"`;
  const at = (id: string) => `/api/roles/${encodeURIComponent(id)}`;

  return {
    list: () => atServer(client, "Role", async (turn) => (await turn.list("Role")).map(remoteOf)),
    fetch: (_owner, id) =>
      atServer(client, subject(id), async (turn) => remoteOf(await turn.find("Role", "is not there", (one) => one.id === id))),
    create: (_owner, { name, displayName, permissions }) =>
      atServer(client, subject(name), async (turn) => {
        const [, made] = await turn.createAndFind(
          "Role",
          () => turn.send("POST", "/api/roles", "cannot be created", { id: name, name: displayName ?? name, permissions }),
          (one) => one.id === name,
        );
        return { remote: remoteOf(made), secrets: {} };
      }),
    update: (_owner, id, { displayName, permissions }) =>
      atServer(client, subject(id), async (turn) => {
        await turn.send("PUT", at(id), "cannot be changed", {
          ...(displayName === undefined ? {} : { name: displayName ?? id }),
          ...(permissions === undefined ? {} : { permissions: permissions ?? [] }),
        });
      }),
    remove: (_owner, id) =>
      atServer(client, subject(id), (turn) =>
        turn.removeAndCheck(
          "Role",
          () => turn.remove(at(id)),
          (one) => one.id === id,
        ),
      ),
    renewSecret: noSecret("Role"),
  };
}

function remoteOf({ id, name, permissions = [], builtin = false }: WireRole): Remote {
  return { id, owner: undefined, builtIn: builtin, values: { roleId: id, name: id, ...(name ? { displayName: name } : {}), permissions } };
}
