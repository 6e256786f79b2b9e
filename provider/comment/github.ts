import { Octokit } from "@octokit/rest";
import { Forbidden, GatehouseError, Refused } from "../errors.js";
import type { Comment, Forge, ForgePlatform, ForgeTarget } from "./forge.js";
import { forgeFetch } from "./forge-fetch.js";
import { isMarked } from "./marker.js";

const PER_PAGE = 100;
const silent = () => undefined;

/** The comments of a pull request on GitHub, or on what speaks its REST API. */
export function githubForge(platform: ForgePlatform, target: ForgeTarget): Forge {
  const octokit = new Octokit({
    auth: target.token,
    baseUrl: target.api.href.replace(/\/$/, ""),
    userAgent: "gatehouse",
    request: { fetch: forgeFetch(platform, target) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const [owner = "", repo = ""] = target.repository.split("/");
  const place = { owner, repo };
  const request = { ...place, issue_number: target.pullRequest };
  let own: Promise<string> | undefined;

  return {
    limitCharacters: platform.limitCharacters,
    find: (marker) =>
      told(async () => {
        own ??= ownLogin(octokit, platform);
        const login = await own;
        const comments = await octokit.paginate(octokit.rest.issues.listComments, { ...request, per_page: PER_PAGE });
        return comments
          .filter(({ user, body }) => user?.login === login && isMarked(body ?? "", marker))
          .map(commentOf)
          .toSorted((a, b) => a.id - b.id);
      }),
    create: (body) => told(async () => commentOf((await octokit.rest.issues.createComment({ ...request, body })).data)),
    update: (id, body) => told(async () => commentOf((await octokit.rest.issues.updateComment({ ...place, comment_id: id, body })).data)),
    remove: (id) => told(async () => void (await octokit.rest.issues.deleteComment({ ...place, comment_id: id }))),
  };
}

/** Login of whoever the token belongs to. The token of a job is an app's, which is refused as a user and has to ask as a viewer. */
async function ownLogin(octokit: Octokit, platform: ForgePlatform): Promise<string> {
  try {
    return await told(async () => (await octokit.rest.users.getAuthenticated()).data.login);
  } catch (error) {
    if (!(error instanceof Forbidden)) throw error;
    const { viewer } = await told(() => octokit.graphql<{ viewer?: { login?: string } }>("query { viewer { login } }"));
    if (viewer?.login !== undefined) return viewer.login;
    throw new Refused({ subject: platform.title, what: "does not say whom the token belongs to", advice: platform.permission });
  }
}

function commentOf({ id, body, html_url: url }: { id: number; body?: string | undefined; html_url?: string }): Comment {
  return { id, body: body ?? "", url };
}

/** Octokit wraps what its `fetch` throws. */
async function told<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    throw cause instanceof GatehouseError && !(error instanceof GatehouseError) ? cause : error;
  }
}
