import { type FastifyInstance, fastify } from "fastify";

/** What GitHub knows of the merge that a job asks for. */
export interface KnownMerge {
  readonly mergeCommit: string;
  readonly head: string;
  readonly previewRun: number;
}

export interface KeptIssue {
  readonly number: number;
  state: string;
  title: string;
  body: string;
  labels: readonly string[];
}

export interface ActionsApi extends AsyncDisposable {
  readonly url: string;
  readonly issues: KeptIssue[];
}

/** Speaks the endpoints of GitHub's REST API that the workflows' own scripts need: pull requests of a commit, runs, issues. */
export async function startActionsApi(token: string, merges: readonly KnownMerge[] = []): Promise<ActionsApi> {
  const issues: KeptIssue[] = [];
  const app: FastifyInstance = fastify();
  const root = "/repos/acme/gateway";
  app.addHook("preHandler", async ({ headers }, reply) => {
    if (headers.authorization !== `Bearer ${token}`) await reply.code(401).send({ message: "Bad credentials" });
  });
  app.get<{ Params: { sha: string } }>(`${root}/commits/:sha/pulls`, ({ params: { sha } }) =>
    merges
      .filter(({ mergeCommit }) => mergeCommit === sha)
      .map(({ head }) => ({ number: 7, merged_at: "2026-09-01T10:00:00Z", merge_commit_sha: sha, head: { sha: head } })),
  );
  app.get<{ Querystring: Record<string, string> }>(`${root}/actions/workflows/preview.yml/runs`, ({ query }) => {
    const isAsked = query.status === "success" && query.event === "pull_request";
    const found = merges.filter(({ head }) => isAsked && head === query.head_sha);
    return { total_count: found.length, workflow_runs: found.map(({ previewRun }) => ({ id: previewRun })) };
  });
  app.get<{ Querystring: Record<string, string> }>(`${root}/issues`, ({ query }) =>
    issues.filter(({ state, labels }) => state === query.state && labels.includes(query.labels ?? "")),
  );
  app.post<{ Body: string }>(`${root}/issues`, ({ body }, reply) => {
    const issue = { number: issues.length + 1, state: "open", ...(JSON.parse(body) as Omit<KeptIssue, "number" | "state">) };
    issues.push(issue);
    return reply.code(201).send(issue);
  });
  app.patch<{ Params: { number: string }; Body: string }>(`${root}/issues/:number`, ({ params, body }, reply) => {
    const issue = issues[Number(params.number) - 1];
    return issue === undefined ? reply.code(404).send({ message: "Not Found" }) : Object.assign(issue, JSON.parse(body));
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  return { url: app.listeningOrigin, issues, [Symbol.asyncDispose]: () => app.close() };
}
