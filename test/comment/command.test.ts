import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CommentInput, comment } from "../../provider/cli/commands/comment.js";
import type { Console } from "../../provider/cli/console.js";
import { startGithub } from "./fake-github.js";
import type { ForgeServer } from "./forge-server.js";
import { lineOf, reportOf } from "./previews.js";

const TOKEN = "ghs-token-of-the-job";

class RecordingConsole implements Console {
  readonly asJson: boolean;
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  readonly documents: unknown[] = [];
  constructor(asJson: boolean) {
    this.asJson = asJson;
  }
  result(text: string): void {
    this.stdout.push(text);
  }
  json(document: unknown): void {
    this.documents.push(document);
  }
  progress(line: string): void {
    this.stderr.push(line);
  }
  runnerCommands(lines: string): void {
    (this.asJson ? this.stderr : this.stdout).push(lines);
  }
}

interface Job {
  readonly folder: string;
  readonly summary: string;
  readonly console: RecordingConsole;
  readonly environment: Record<string, string>;
  run(options?: Partial<CommentInput>): Promise<number>;
}

/** A job for pull request 7 with a checked out stack `acme`, and what its preview wrote. */
function jobWith(report: unknown, server?: ForgeServer, asJson = false): Job {
  const folder = mkdtempSync(join(tmpdir(), "job-"));
  writeFileSync(join(folder, "gatehouse.yaml"), "name: acme\n");
  if (report !== undefined) writeFileSync(join(folder, "report.json"), typeof report === "string" ? report : JSON.stringify(report));
  const summary = join(folder, "summary.md");
  const console = new RecordingConsole(asJson);
  const environment = {
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "acme/gateway",
    GITHUB_REF: "refs/pull/7/merge",
    GITHUB_TOKEN: TOKEN,
    GITHUB_STEP_SUMMARY: summary,
    ...(server === undefined ? {} : { GITHUB_API_URL: server.url }),
  };
  const input = { stackPath: folder, stackName: "dev", console, report: join(folder, "report.json"), dryRun: false };
  return { folder, summary, console, environment, run: (options = {}) => comment({ ...input, ...options }, environment) };
}

const place = { file: "gatehouse.yaml", line: 12, column: 5 };
const RISKY = reportOf({
  verdict: "blocked",
  lines: [lineOf({ section: "access", severity: "critical", text: "kim@acme.example gains billing", place })],
});

describe("gatehouse comment", () => {
  it("puts the report on the pull request, into the summary of the job and on the line that caused it", async () => {
    await using server = await startGithub();
    const job = jobWith(RISKY, server);
    expect(await job.run()).toBe(0);
    expect(server.comments[0]?.body).toContain("gains billing");
    expect(readFileSync(job.summary, "utf8")).toMatch(/^## ⛔ Blocked.*gains billing/s);
    expect(job.console.stdout).toEqual([
      expect.stringMatching(/^::error file=gatehouse\.yaml,line=12,col=5,title=.*::.*gains billing/),
      "The comment was created: https://github.example/acme/gateway/pull/7#issuecomment-101.",
    ]);
    expect(await job.run()).toBe(0);
    expect(job.console.stdout.at(-1)).toMatch(/^The comment was left as it is/);
    expect(server.comments).toHaveLength(1);
  });

  it("answers --json with one document, and annotates on standard error", async () => {
    await using server = await startGithub();
    const job = jobWith(RISKY, server, true);
    expect(await job.run()).toBe(0);
    expect(job.console.documents).toEqual([
      {
        command: "comment",
        stack: "dev",
        exitCode: 0,
        outcome: "created",
        url: "https://github.example/acme/gateway/pull/7#issuecomment-101",
      },
    ]);
    expect(job.console.stdout).toEqual([]);
    expect(job.console.stderr).toEqual([expect.stringMatching(/^::error /)]);
  });

  it("writes the summary all the same where the token may not comment, as in a pull request from a fork", async () => {
    await using server = await startGithub();
    const job = jobWith(RISKY, server);
    const body = { message: "Resource not accessible by integration" };
    server.fail({ method: "POST", path: "/repos/acme/gateway/issues/7/comments", status: 403, body });
    await expect(job.run()).rejects.toMatchObject({ code: "forbidden", exitCode: 1 });
    expect(readFileSync(job.summary, "utf8")).toContain("gains billing");
  });

  it("adds to a summary, and leaves one that is full as it is", async () => {
    await using server = await startGithub();
    const job = jobWith(RISKY, server);
    writeFileSync(job.summary, "# Before\n");
    await job.run();
    expect(readFileSync(job.summary, "utf8")).toMatch(/^# Before\n## ⛔ Blocked/);
    const full = "x".repeat(1024 * 1024 - 10);
    writeFileSync(job.summary, full);
    await job.run();
    expect(readFileSync(job.summary, "utf8")).toBe(full);
    expect(job.console.stderr).toEqual(["The summary of this step is full: nothing was added."]);
  });

  it("tells a failed preview, from a stack file that is itself the fault", async () => {
    await using server = await startGithub();
    const job = jobWith({ project: "acme", stack: "dev", failures: ["gatehouse.yaml:3:1: projekts: is unknown"] }, server);
    writeFileSync(join(job.folder, "gatehouse.yaml"), "name: acme\nprojekts: {}\n  broken: [\n");
    expect(await job.run()).toBe(0);
    expect(server.comments[0]?.body).toContain("Preview failed");
    expect(readFileSync(job.summary, "utf8")).toContain("is unknown");
  });

  it.each([
    ["is not there", undefined, "it cannot be read (ENOENT)"],
    ["is no JSON", "preview: killed", "it is not JSON"],
    ["is of another version", { ...RISKY, version: 1 }, "/version must be equal to constant"],
  ])("tells a report that %s as a failed preview, and ends with 2", async (_, report, why) => {
    await using server = await startGithub();
    server.add("github-actions[bot]", "<!-- gatehouse:acme/dev -->\n## ✅ Safe, says an earlier commit");
    await expect(jobWith(report, server).run()).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(why) });
    expect(server.comments).toEqual([expect.objectContaining({ body: expect.stringContaining("The preview left no report") })]);
    expect(server.comments[0]?.body).not.toContain("Safe");
  });

  it("leaves the one document of --json to the error, where there is one", async () => {
    await using server = await startGithub();
    for (const dryRun of [true, false]) {
      const job = jobWith("{", server, true);
      await expect(job.run({ dryRun })).rejects.toMatchObject({ exitCode: 2 });
      expect(job.console.documents).toEqual([]);
    }
  });

  it.each([
    ["stack", { ...RISKY, stack: "prod" }],
    ["project", { ...RISKY, project: "other" }],
    ["project, when it failed", { project: "other", stack: "dev", failures: ["no"] }],
  ])("does not put the report of another %s under the name of this one", async (_, report) => {
    await using server = await startGithub();
    const job = jobWith(report, server);
    await expect(job.run()).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("and not of acme/dev") });
    expect(server.requests).toEqual([]);
  });

  it("shows with --dry-run what it would write, and sends and writes nothing", async () => {
    await using server = await startGithub();
    const job = jobWith(RISKY, server);
    expect(await job.run({ dryRun: true })).toBe(0);
    expect(job.console.stdout).toEqual([expect.stringMatching(/^<!-- gatehouse:acme\/dev -->\n## ⛔ Blocked.*gains billing/s)]);
    expect(server.requests).toEqual([]);
    expect(() => readFileSync(job.summary)).toThrow("ENOENT");
  });

  it.each(["javascript:alert(1)", "not a URL"])("refuses to link %s", async (artefactUrl) => {
    await using server = await startGithub();
    await expect(jobWith(RISKY, server).run({ artefactUrl })).rejects.toMatchObject({ exitCode: 2 });
    expect(server.requests).toEqual([]);
  });
});
