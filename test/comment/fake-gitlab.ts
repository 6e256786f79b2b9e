import { ForgeServer, type KeptComment } from "./forge-server.js";

export const GITLAB_TOKENS: Readonly<Record<string, string>> = { "glpat-token-of-the-bot": "project_42_bot" };

const NOTES = "/api/v4/projects/:project/merge_requests/7/notes";
const PROJECTS = ["42", "acme/gateway"];
const userIds: Readonly<Record<string, number>> = { project_42_bot: 900, mallory: 666 };

/** Speaks the endpoints of GitLab's REST API that notes need, with the statuses and bodies that its documentation shows. */
export async function startGitlab(): Promise<ForgeServer> {
  const server = new ForgeServer();
  const { app } = server;
  const userOf = (headers: NodeJS.Dict<string | string[]>) => GITLAB_TOKENS[String(headers["private-token"])];
  const shown = ({ id, author, body }: KeptComment) => ({ id, body, system: false, author: { id: userIds[author], username: author } });

  app.addHook("preHandler", async ({ headers, params }, reply) => {
    if (reply.sent) return;
    const { project } = params as { project?: string };
    if (userOf(headers) === undefined) await reply.code(401).send({ message: "401 Unauthorized" });
    else if (project !== undefined && !PROJECTS.includes(project)) await reply.code(404).send({ message: "404 Project Not Found" });
  });
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ error: "404 Not Found" }));

  app.get("/api/v4/user", ({ headers }) => ({ id: userIds[userOf(headers) ?? ""], username: userOf(headers) }));
  app.get(NOTES, async (request, reply) => (await server.page(request, reply)).map(shown));
  app.post<{ Body: { body: string } }>(NOTES, ({ headers, body: { body } }, reply) => {
    if (body.length > 1_000_000) return reply.code(400).send({ message: { note: ["is too long (maximum is 1000000 characters)"] } });
    return reply.code(201).send(shown(server.add(userOf(headers) ?? "", body)));
  });
  app.put<{ Params: { id: string }; Body: { body: string } }>(`${NOTES}/:id`, ({ params, body }, reply) => {
    const comment = server.take(Number(params.id));
    if (!comment) return reply.code(404).send({ message: "404 Not found" });
    comment.body = body.body;
    return reply.send(shown(comment));
  });
  app.delete<{ Params: { id: string } }>(`${NOTES}/:id`, ({ params }, reply) =>
    server.drop(Number(params.id)) ? reply.code(204).send() : reply.code(404).send({ message: "404 Not found" }),
  );
  return server.listen();
}
