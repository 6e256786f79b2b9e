import { expect, it } from "vitest";
import { openForge, postComment } from "../../provider/comment/index.js";
import { tellCommentStory } from "./comment-story.js";
import { startGithub } from "./fake-github.js";
import type { ForgeServer } from "./forge-server.js";
import { FAILED, NO_SECRETS, previewOf } from "./previews.js";

const LIST = "/repos/acme/gateway/issues/7/comments";

function job(server: ForgeServer, token = "ghs-token-of-the-job"): Record<string, string> {
  return {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: server.url,
    GITHUB_REPOSITORY: "acme/gateway",
    GITHUB_REF: "refs/pull/7/merge",
    GITHUB_TOKEN: token,
  };
}

const open = (server: ForgeServer, token?: string) => openForge(undefined, {}, job(server, token));

tellCommentStory({
  name: "GitHub",
  start: startGithub,
  open,
  ownLogin: "github-actions[bot]",
  listPath: LIST,
  commentPath: (id) => `/repos/acme/gateway/issues/comments/${id}`,
  updateMethod: "PATCH",
  limitCharacters: 65_536,
  tooManyLines: 2000,
});

it("A job's token, which is an app's, is asked whom it belongs to as a viewer; a person's as a user", async () => {
  await using server = await startGithub();
  await postComment(await open(server), previewOf(), NO_SECRETS);
  expect(server.requests.slice(0, 2).map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /user", "POST /graphql"]);
  server.requests.splice(0);
  await postComment(await open(server, "ghp-token-of-a-person"), previewOf(), NO_SECRETS);
  expect(server.requests.slice(0, 2).map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /user", `GET ${LIST}`]);
  expect(server.comments.map(({ author }) => author)).toEqual(["github-actions[bot]", "ada"]);
});

it("A comment is sent as GitHub wants it, and its page is told", async () => {
  await using server = await startGithub();
  const posted = await postComment(await open(server), FAILED, NO_SECRETS);
  expect(posted.url).toBe("https://github.example/acme/gateway/pull/7#issuecomment-101");
  const create = server.requests.find(({ method, path }) => method === "POST" && path === LIST);
  expect(create?.body).toEqual({
    body: "<!-- gatehouse:acme/dev -->\n## ❌ Preview failed: `acme/dev`\n\nNothing is known of what this change would do. Do not merge it before a preview has succeeded.\n\n- the engine ended\n",
  });
});

it("A secondary rate limit, which GitHub tells with 403, is waited for and not taken for a missing permission", async () => {
  await using server = await startGithub();
  const body = { message: "You have exceeded a secondary rate limit" };
  server.fail({ method: "POST", path: LIST, status: 403, headers: { "retry-after": "0" }, body });
  expect(await postComment(await open(server), previewOf(), NO_SECRETS)).toMatchObject({ outcome: "created" });
});

it("A token that may only read is refused with the permission that the job needs", async () => {
  await using server = await startGithub();
  const body = { message: "Resource not accessible by integration" };
  server.fail({ method: "POST", path: LIST, status: 403, body, headers: { "x-github-request-id": "AB12:34" } });
  await expect(postComment(await open(server), previewOf(), NO_SECRETS)).rejects.toMatchObject({
    message: expect.stringMatching(
      /Resource not accessible by integration \[gatehouse:forbidden, request AB12:34\]\n {2}Give the job `permissions: pull-requests: write`/,
    ),
  });
});

it("A page of a proxy in the place of an answer is no list of comments", async () => {
  await using server = await startGithub();
  const headers = { "content-type": "text/html" };
  server.fail({ method: "GET", path: LIST, status: 200, headers, body: "<html>Sign in</html>", times: 99 });
  await expect(postComment(await open(server), previewOf(), NO_SECRETS)).rejects.toMatchObject({
    message: expect.stringContaining("answered 200 with something else than JSON"),
  });
  expect(server.writes).toEqual([]);
});
