import type { Client } from "../../http/client.js";
import type { ObjectApi, Remote } from "../adapter.js";
import { noSecret } from "./no-secret.js";
import { changeProject, projectPath } from "./project-body.js";
import { atServer } from "./server.js";
import type { WireProject } from "./wire.js";

/** The server's default, which cannot be cleared, only set. */
const DEFAULT_TIMEOUT_MS = 30_000;

/** Projects by name and timeout. Their models and policies are the RoutingPolicy's, and no change here touches them. */
export function projectObjects(client: Client): ObjectApi {
  const subject = (name: unknown) => `Project "${String(name)}"`;

  return {
    list: () => atServer(client, "Project", async (turn) => (await turn.list("Project")).map(remoteOf)),
    fetch: (_owner, id) =>
      atServer(client, subject(id), async (turn) => remoteOf(await turn.find("Project", "is not there", (one) => one.id === id))),
    create: (_owner, { name, defaultTimeoutMs: timeoutMs }) =>
      atServer(client, subject(name), async (turn) => {
        const [, made] = await turn.createAndFind<"Project", WireProject>(
          "Project",
          () =>
            turn.send("POST", "/api/projects", "cannot be created", {
              name,
              models: [],
              ...(timeoutMs === undefined ? {} : { timeoutMs }),
            }),
          (one, { id }) => one.id === id,
        );
        const created = { remote: remoteOf(made), secrets: {} };
        try {
          // the server makes a token nobody asked for. Its secret would be known to nobody, so it goes at once.
          for (const { id } of made.tokens ?? []) {
            await turn.removeAndCheck(
              "Project",
              () => turn.remove(`${projectPath(made.id)}/tokens/${id}`),
              (one) => (one.tokens ?? []).some((t) => t.id === id),
            );
          }
          return created;
        } catch (unfinished) {
          return { ...created, unfinished };
        }
      }),
    update: (_owner, id, changes) =>
      atServer(client, subject(id), (turn) =>
        changeProject(turn, id, (project) => ({
          ...project,
          ...(typeof changes.name === "string" ? { name: changes.name } : {}),
          ...(changes.defaultTimeoutMs === undefined ? {} : { timeoutMs: Number(changes.defaultTimeoutMs ?? DEFAULT_TIMEOUT_MS) }),
        })),
      ),
    remove: (_owner, id) =>
      atServer(client, subject(id), (turn) =>
        turn.removeAndCheck(
          "Project",
          () => turn.remove(projectPath(id)),
          (one) => one.id === id,
        ),
      ),
    renewSecret: noSecret("Project"),
  };
}

function remoteOf({ id, name, timeoutMs }: WireProject): Remote {
  const values = { projectId: id, name, ...(timeoutMs === undefined ? {} : { defaultTimeoutMs: timeoutMs }) };
  return { id, owner: undefined, builtIn: false, values };
}
