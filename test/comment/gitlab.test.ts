import { expect, it } from "vitest";
import { openForge, postComment } from "../../provider/comment/index.js";
import { tellCommentStory } from "./comment-story.js";
import { startGitlab } from "./fake-gitlab.js";
import type { ForgeServer } from "./forge-server.js";
import { FAILED, NO_SECRETS, previewOf } from "./previews.js";

const LIST = "/api/v4/projects/42/merge_requests/7/notes";

function job(server: ForgeServer): Record<string, string> {
  return {
    GITLAB_CI: "true",
    CI_API_V4_URL: `${server.url}/api/v4`,
    CI_PROJECT_ID: "42",
    CI_MERGE_REQUEST_IID: "7",
    GITLAB_TOKEN: "glpat-token-of-the-bot",
  };
}

tellCommentStory({
  name: "GitLab",
  start: startGitlab,
  open: (server) => openForge(undefined, {}, job(server)),
  ownLogin: "project_42_bot",
  listPath: LIST,
  commentPath: (id) => `${LIST}/${id}`,
  updateMethod: "PUT",
  limitCharacters: 1_000_000,
  tooManyLines: 20_000,
});

it("A note is sent as GitLab wants it, and the list is asked for from its beginning", async () => {
  await using server = await startGitlab();
  await postComment(await openForge(undefined, {}, job(server)), FAILED, NO_SECRETS);
  const create = server.requests.find(({ method }) => method === "POST");
  expect(create).toEqual({
    method: "POST",
    path: LIST,
    query: {},
    body: {
      body: "<!-- gatehouse:acme/dev -->\n## ❌ Preview failed: `acme/dev`\n\nNothing is known of what this change would do. Do not merge it before a preview has succeeded.\n\n- the engine ended\n",
    },
  });
  const list = server.requests.find(({ path }) => path === LIST);
  expect(list?.query).toEqual({ sort: "asc", order_by: "created_at", per_page: "100" });
});

it("A project is found by its full path too, and the merge request of a fork in the project that it wants to change", async () => {
  await using server = await startGitlab();
  const byPath = await openForge("gitlab", { repository: "acme/gateway" }, job(server));
  expect(await postComment(byPath, previewOf(), NO_SECRETS)).toMatchObject({ outcome: "created" });
  const ofFork = await openForge(undefined, {}, { ...job(server), CI_PROJECT_ID: "43", CI_MERGE_REQUEST_PROJECT_ID: "42" });
  expect(await postComment(ofFork, previewOf(), NO_SECRETS)).toMatchObject({ outcome: "unchanged" });
  const elsewhere = await openForge(undefined, { repository: "43" }, job(server));
  await expect(postComment(elsewhere, previewOf(), NO_SECRETS)).rejects.toMatchObject({
    code: "not-found",
    message: expect.stringContaining("404 Project Not Found"),
  });
});
