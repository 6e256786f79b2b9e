import { ForgeServer, type KeptComment } from "./forge-server.js";

/** Tokens and whom they belong to. An app's is refused as a user, as GitHub refuses the token of a job. */
export const GITHUB_TOKENS: Readonly<Record<string, { readonly login: string; readonly isApp: boolean }>> = {
  "ghs-token-of-the-job": { login: "github-actions[bot]", isApp: true },
  "ghp-token-of-a-person": { login: "ada", isApp: false },
};

const REQUEST = "/repos/acme/gateway/issues/7/comments";
const COMMENT = "/repos/acme/gateway/issues/comments/:id";

/** Speaks the endpoints of GitHub's REST API that comments need, with the statuses and bodies that its documentation shows. */
export async function startGithub(): Promise<ForgeServer> {
  const server = new ForgeServer();
  const { app } = server;
  const ownerOf = (authorization = "") => GITHUB_TOKENS[authorization.replace(/^(token|bearer) /i, "")];
  const shown = ({ id, author, body }: KeptComment) => ({
    id,
    body,
    user: { login: author },
    html_url: `https://github.example/acme/gateway/pull/7#issuecomment-${id}`,
  });

  app.addHook("preHandler", async ({ headers }, reply) => {
    if (!reply.sent && ownerOf(headers.authorization) === undefined) {
      await reply.code(401).send({ message: "Bad credentials", status: "401" });
    }
  });
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ message: "Not Found", status: "404" }));

  app.get("/user", ({ headers }, reply) => {
    const owner = ownerOf(headers.authorization);
    if (owner?.isApp) return reply.code(403).send({ message: "Resource not accessible by integration", status: "403" });
    return reply.send({ login: owner?.login, id: 1 });
  });
  app.post("/graphql", ({ headers }) => ({ data: { viewer: { login: ownerOf(headers.authorization)?.login } } }));
  app.get(REQUEST, async (request, reply) => (await server.page(request, reply)).map(shown));
  app.post<{ Body: { body: string } }>(REQUEST, ({ headers, body: { body } }, reply) => {
    if (body.length > 65_536) {
      return reply.code(422).send({ message: "Validation Failed", errors: ["body is too long (maximum is 65536 characters)"] });
    }
    return reply.code(201).send(shown(server.add(ownerOf(headers.authorization)?.login ?? "", body)));
  });
  app.patch<{ Params: { id: string }; Body: { body: string } }>(COMMENT, ({ params, body }, reply) => {
    const comment = server.take(Number(params.id));
    if (!comment) return reply.code(404).send({ message: "Not Found", status: "404" });
    comment.body = body.body;
    return reply.send(shown(comment));
  });
  app.delete<{ Params: { id: string } }>(COMMENT, ({ params }, reply) =>
    server.drop(Number(params.id)) ? reply.code(204).send() : reply.code(404).send({ message: "Not Found", status: "404" }),
  );
  return server.listen();
}
