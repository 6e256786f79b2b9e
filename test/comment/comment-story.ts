import { describe, expect, it } from "vitest";
import { type Forge, type PreviewDocument, postComment } from "../../provider/comment/index.js";
import type { ForgeServer } from "./forge-server.js";
import { flood, lineOf, NO_SECRETS, previewOf } from "./previews.js";

/** What a platform's test says of it; everything else is the same for all. */
export interface ForgeUnderTest {
  readonly name: string;
  start(): Promise<ForgeServer>;
  /** The pull request as a job of the platform opens it. */
  open(server: ForgeServer): Promise<Forge>;
  /** Who the job's token is. */
  readonly ownLogin: string;
  /** Path of the comments of the request, and of one of them. */
  readonly listPath: string;
  commentPath(id: number): string;
  readonly updateMethod: string;
  readonly limitCharacters: number;
  /** A report of so many lines is longer than the limit. */
  readonly tooManyLines: number;
}

const MARKER = "<!-- gatehouse:acme/dev -->";
const OLD = `${MARKER}\nof an earlier commit\n`;

/** One comment for each stack, whatever happens. */
export function tellCommentStory(forge: ForgeUnderTest): void {
  const { listPath, commentPath, ownLogin, updateMethod } = forge;
  const post = async (server: ForgeServer, preview: PreviewDocument = previewOf()) =>
    postComment(await forge.open(server), preview, NO_SECRETS);
  const fromOwn = (server: ForgeServer) => server.comments.filter(({ author }) => author === ownLogin);

  describe(`a comment on ${forge.name}`, () => {
    it("is created once, under a hidden marker, and its report is below it", async () => {
      await using server = await forge.start();
      expect(await post(server)).toMatchObject({ outcome: "created" });
      expect(server.writes).toEqual([`POST ${listPath}`]);
      expect(server.comments).toHaveLength(1);
      expect(server.comments[0]).toMatchObject({
        author: ownLogin,
        body: expect.stringMatching(/^<!-- gatehouse:acme\/dev -->\n## ✅ Safe/),
      });
    });

    it("is not written when it says the same already, even when the platform has changed its line ends", async () => {
      await using server = await forge.start();
      await post(server);
      const [comment] = server.comments;
      if (comment) comment.body = comment.body.replaceAll("\n", "\r\n").trimEnd();
      expect(await post(server)).toMatchObject({ outcome: "unchanged" });
      expect(server.writes).toEqual([`POST ${listPath}`]);
    });

    it("is updated in place when the report is another one", async () => {
      await using server = await forge.start();
      await post(server);
      const id = server.comments[0]?.id ?? 0;
      expect(await post(server, previewOf({ verdict: "blocked" }))).toMatchObject({ outcome: "updated" });
      expect(server.writes).toEqual([`POST ${listPath}`, `${updateMethod} ${commentPath(id)}`]);
      expect(server.comments).toEqual([{ id, author: ownLogin, body: expect.stringContaining("## ⛔ Blocked") }]);
    });

    it("is found again behind many others, on a later page", async () => {
      await using server = await forge.start();
      server.pageSize = 3;
      for (let index = 0; index < 7; index++) server.add("mallory", `remark ${index}`);
      const { id } = server.add(ownLogin, OLD);
      server.add("mallory", "one more");
      await post(server);
      expect(server.writes).toEqual([`${updateMethod} ${commentPath(id)}`]);
      const pages = server.requests
        .filter(({ method, path }) => method === "GET" && path === listPath)
        .map(({ query }) => query.page ?? "1");
      expect(pages).toEqual(["1", "2", "3"]);
    });

    it("of another stack stays as it is", async () => {
      await using server = await forge.start();
      await post(server, previewOf({ stack: "prod" }));
      await post(server);
      expect(server.comments.map(({ body }) => body.split("\n")[0])).toEqual(["<!-- gatehouse:acme/prod -->", MARKER]);
    });

    it("of a stranger who writes the marker is neither changed nor taken for ours", async () => {
      await using server = await forge.start();
      const { id } = server.add("mallory", OLD);
      expect(await post(server)).toMatchObject({ outcome: "created" });
      expect(server.take(id)?.body).toBe(OLD);
      expect(fromOwn(server)).toHaveLength(1);
    });

    it("of our own that only quotes the marker stays as it is", async () => {
      await using server = await forge.start();
      const { id } = server.add(ownLogin, `> ${OLD}`);
      expect(await post(server)).toMatchObject({ outcome: "created" });
      expect(server.take(id)?.body).toBe(`> ${OLD}`);
    });

    it("is one, when two runs create theirs at the same time", async () => {
      await using server = await forge.start();
      server.holdListsUntil(2);
      await Promise.all([post(server, previewOf({ verdict: "safe" })), post(server, previewOf({ verdict: "review" }))]);
      expect(server.writes.filter((write) => write === `POST ${listPath}`)).toHaveLength(2);
      expect(fromOwn(server)).toHaveLength(1);
      expect(await post(server, previewOf({ verdict: "review" }))).toMatchObject({ outcome: expect.stringMatching(/updated|unchanged/) });
      expect(fromOwn(server)).toEqual([expect.objectContaining({ body: expect.stringContaining("Needs review") })]);
    });

    it("is one, when the list that is looked at again does not show it yet", async () => {
      await using server = await forge.start();
      server.fail({ method: "GET", path: listPath, status: 200, body: [], times: 2 });
      expect(await post(server)).toMatchObject({ outcome: "created" });
      expect(server.writes).toEqual([`POST ${listPath}`]);
    });

    it("replaces all that earlier runs left behind, and keeps the oldest", async () => {
      await using server = await forge.start();
      const [oldest] = [server.add(ownLogin, OLD), server.add(ownLogin, OLD), server.add(ownLogin, OLD)];
      await post(server);
      expect(server.comments).toEqual([{ ...oldest, body: expect.stringContaining("Safe") }]);
    });

    it("is created anew when somebody deletes it while it is updated", async () => {
      await using server = await forge.start();
      const { id } = server.add(ownLogin, OLD);
      const meanwhile = () => void server.drop(id);
      server.fail({ method: updateMethod, path: commentPath(id), status: 404, body: { message: "Not Found" }, meanwhile });
      expect(await post(server)).toMatchObject({ outcome: "created" });
      expect(server.writes).toEqual([`${updateMethod} ${commentPath(id)}`, `POST ${listPath}`]);
      expect(fromOwn(server)).toHaveLength(1);
    });

    it("survives a fault, a rate limit that says when, and an answer that was lost after the work was done", async () => {
      await using server = await forge.start();
      server.fail({ method: "GET", path: listPath, status: 502, body: { message: "Bad gateway" } });
      server.fail({ method: "POST", path: listPath, status: 429, headers: { "retry-after": "0" }, body: { message: "Slow down" } });
      server.fail({ method: "POST", path: listPath, status: 500, body: { message: "Oops" }, afterwards: true });
      await post(server);
      expect(server.writes).toEqual([`POST ${listPath}`, `POST ${listPath}`]);
      expect(fromOwn(server)).toHaveLength(1);
    });

    it("is given up with the reason when the faults stay", async () => {
      await using server = await forge.start();
      server.fail({ method: "GET", path: listPath, status: 500, body: { message: "Oops" }, times: 99 });
      await expect(post(server)).rejects.toMatchObject({
        code: "unreachable",
        message: expect.stringContaining(`GET ${listPath} answered 500: Oops`),
      });
      expect(server.writes).toEqual([]);
    });

    it("is not waited for when the platform asks for more patience than a job has", async () => {
      await using server = await forge.start();
      server.fail({
        method: "POST",
        path: listPath,
        status: 429,
        headers: { "retry-after": "3600" },
        body: { message: "Slow down" },
        times: 99,
      });
      await expect(post(server)).rejects.toMatchObject({
        code: "rate-limited",
        message: expect.stringContaining("answered 429: Slow down"),
      });
      expect(server.writes).toHaveLength(1);
    });

    it.each([
      [403, "forbidden"],
      [404, "not-found"],
      [401, "unauthorized"],
      [422, "refused"],
    ])("that is refused with %i is told as %s, with what was said and without the token", async (status, code) => {
      await using server = await forge.start();
      const echo = await forge.open(server);
      // A platform, or a proxy before it, may repeat what it was sent.
      const body = { message: "no: ghs-token-of-the-job glpat-token-of-the-bot" };
      server.fail({ method: "POST", path: listPath, status, body, times: 99 });
      const error = await postComment(echo, previewOf(), NO_SECRETS).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code, message: expect.stringContaining(`POST ${listPath} answered ${status}: no: `) });
      expect((error as Error).message).toContain("[secret]");
      expect(server.writes).toHaveLength(1);
    });

    it("sends its token to no other address: neither after a redirect nor on a next page", async () => {
      await using elsewhere = await forge.start();
      await using redirecting = await forge.start();
      redirecting.fail({ method: "GET", path: listPath, status: 307, headers: { location: `${elsewhere.url}${listPath}` } });
      await expect(post(redirecting)).rejects.toMatchObject({
        message: expect.stringContaining("a redirect (307), which a token never follows"),
      });

      await using paging = await forge.start();
      const next = `<${elsewhere.url}${listPath}?page=2>; rel="next"`;
      paging.fail({ method: "GET", path: listPath, status: 200, headers: { link: next }, body: [] });
      await post(paging).catch(() => undefined);
      expect(elsewhere.requests).toEqual([]);
    });

    it("fits, whatever the report: what matters stays at the top, and the whole report is linked", async () => {
      await using server = await forge.start();
      const preview = flood(forge.tooManyLines);
      await postComment(await forge.open(server), preview, { ...NO_SECRETS, artefactUrl: "https://ci.acme.example/runs/1" });
      const body = server.comments[0]?.body ?? "";
      expect(body.length).toBeLessThanOrEqual(forge.limitCharacters);
      expect(body.length).toBeGreaterThan(forge.limitCharacters * 0.9);
      expect(body.split("\n").slice(0, 10).join("\n")).toContain("gains billing");
      expect(body).toContain("[The whole report](<https://ci.acme.example/runs/1>)");
    });

    it("tells a failed preview in the place of the verdict of an earlier commit", async () => {
      await using server = await forge.start();
      await post(server, previewOf({ lines: [lineOf()] }));
      const failures = [{ name: "projects/checkout", message: "the control plane does not answer [gatehouse:unreachable]" }];
      expect(await post(server, { failed: { project: "acme", stack: "dev", failures } })).toMatchObject({ outcome: "updated" });
      expect(server.comments).toHaveLength(1);
      expect(server.comments[0]?.body).toMatch(/^<!-- gatehouse:acme\/dev -->\n## ❌ Preview failed/);
      expect(server.comments[0]?.body).not.toContain("Safe");
    });
  });
}
