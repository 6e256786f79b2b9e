import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { KIND_LIST } from "../schema/kinds/index.js";
import { type FolderShape, sizeOf, writeStackFolder } from "./bench/stack-folder.js";
import { startProxy } from "./support/faulty-proxy.js";
import { gatehouse } from "./support/gatehouse.js";
import { startTestServer } from "./support/start-server.js";

const SMALL: FolderShape = { projects: 3, members: 6, extraKeys: 0 };
const LARGE: FolderShape = { ...SMALL, extraKeys: 30 };

it("a drift check takes as many requests with 30 keys more, and no more than kinds times parents", { timeout: 90_000 }, async () => {
  expect(sizeOf(LARGE)).toBeGreaterThan(60);
  const [few, many] = await Promise.all([driftRequests(SMALL), driftRequests(LARGE)]);
  expect(many).toEqual(few);
  expect(many.length).toBeLessThanOrEqual(KIND_LIST.length * (LARGE.projects + 1));
});

/** The requests of a drift check on a stack of this shape that was just applied, without the ids in them. */
async function driftRequests(shape: FolderShape): Promise<readonly string[]> {
  await using server = await startTestServer({ plan: "enterprise" });
  await using proxy = await startProxy(server.url);
  const folder = join(mkdtempSync(join(tmpdir(), "drift-requests-")), "stack");
  writeStackFolder(folder, proxy.url, shape);
  const environment = { GATEHOUSE_TOKEN: server.token };
  const up = await gatehouse(["up", folder, "--yes"], environment);
  expect(up.exitCode, up.stderr).toBe(0);
  proxy.requests.splice(0);
  const drift = await gatehouse(["drift", folder], environment);
  expect(drift.exitCode, drift.stdout + drift.stderr).toBe(0);
  return proxy.requests
    .map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[a-z]+_\w{12,}/g, "ID")}`)
    .toSorted();
}
