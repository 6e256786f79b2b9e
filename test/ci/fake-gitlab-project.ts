import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fastify } from "fastify";

export interface KeptIssue {
  readonly iid: number;
  state: string;
  title: string;
  description: string;
  labels: string;
}

export interface GitlabProject extends AsyncDisposable {
  readonly url: string;
  readonly issues: KeptIssue[];
}

/** Speaks the endpoints of GitLab's REST API that the pipeline's own scripts need: merge requests of a commit, artefacts, issues. */
export async function startGitlabProject(token: string, mergeCommit: string, artefacts: string): Promise<GitlabProject> {
  const issues: KeptIssue[] = [];
  const app = fastify();
  const root = "/api/v4/projects/42";
  app.addHook("preHandler", async ({ headers }, reply) => {
    if (headers["private-token"] !== token) await reply.code(401).send({ message: "401 Unauthorized" });
  });
  app.get<{ Params: { sha: string } }>(`${root}/repository/commits/:sha/merge_requests`, ({ params: { sha } }) =>
    sha === mergeCommit ? [{ iid: 7, state: "merged", merge_commit_sha: sha }] : [],
  );
  app.get<{ Params: { ref: string; "*": string }; Querystring: { job: string } }>(
    `${root}/jobs/artifacts/:ref/raw/*`,
    ({ params, query }, reply) =>
      params.ref === "refs/merge-requests/7/head"
        ? reply.type("application/octet-stream").send(readFileSync(join(artefacts, query.job, params["*"])))
        : reply.code(404).send({ message: "404 Not Found" }),
  );
  app.get<{ Querystring: Record<string, string> }>(`${root}/issues`, ({ query }) =>
    issues.filter(({ state, labels }) => state === query.state && labels === query.labels),
  );
  app.post<{ Body: Omit<KeptIssue, "iid" | "state"> }>(`${root}/issues`, ({ body }, reply) => {
    const issue = { iid: issues.length + 1, state: "opened", ...body };
    issues.push(issue);
    return reply.code(201).send(issue);
  });
  app.put<{ Params: { iid: string }; Body: { description?: string; state_event?: string } }>(
    `${root}/issues/:iid`,
    ({ params, body }, reply) => {
      const issue = issues[Number(params.iid) - 1];
      if (issue === undefined) return reply.code(404).send({ message: "404 Not Found" });
      issue.description = body.description ?? issue.description;
      if (body.state_event === "close") issue.state = "closed";
      return reply.send(issue);
    },
  );
  await app.listen({ host: "127.0.0.1", port: 0 });
  return { url: app.listeningOrigin, issues, [Symbol.asyncDispose]: () => app.close() };
}
