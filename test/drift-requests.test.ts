import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { KIND_LIST } from "../schema/kinds/index.js";
import { type FolderShape, sizeOf, writeStackFolder } from "./bench/stack-folder.js";
import { type FaultyProxy, startProxy } from "./support/faulty-proxy.js";
import { gatehouse } from "./support/gatehouse.js";
import { startTestServer } from "./support/start-server.js";

const SMALL: FolderShape = { projects: 3, members: 6, extraKeys: 0 };
const LARGE: FolderShape = { ...SMALL, extraKeys: 30 };

it("a check takes as many requests with 30 keys more, a preview no more than drift, and that no more than kinds times parents", {
  timeout: 180_000,
}, async () => {
  expect(sizeOf(LARGE)).toBeGreaterThan(60);
  const [few, many] = await Promise.all([requestsOfChecks(SMALL), requestsOfChecks(LARGE)]);
  expect(many).toEqual(few);
  expect(many.drift.length).toBeLessThanOrEqual(KIND_LIST.length * (LARGE.projects + 1));
  expect(many.preview.length).toBeLessThanOrEqual(many.drift.length);
});

type Requests = readonly string[];

/** The requests of both checks on a stack of this shape that was just applied, without the ids in them. */
async function requestsOfChecks(shape: FolderShape): Promise<{ readonly drift: Requests; readonly preview: Requests }> {
  await using server = await startTestServer({ plan: "enterprise" });
  await using proxy = await startProxy(server.url);
  const folder = join(mkdtempSync(join(tmpdir(), "drift-requests-")), "stack");
  writeStackFolder(folder, proxy.url, shape);
  const environment = { GATEHOUSE_TOKEN: server.token };
  const up = await gatehouse(["up", folder, "--yes"], environment);
  expect(up.exitCode, up.stderr).toBe(0);
  const requestsOf = async (command: string): Promise<Requests> => {
    proxy.requests.splice(0);
    const ran = await gatehouse([command, folder], environment);
    expect(ran.exitCode, ran.stdout + ran.stderr).toBe(0);
    return proxy.requests.map(withoutIds).toSorted();
  };
  return { drift: await requestsOf("drift"), preview: await requestsOf("preview") };
}

function withoutIds({ method, path }: FaultyProxy["requests"][number]): string {
  return `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[a-z]+_\w{12,}/g, "ID")}`;
}
