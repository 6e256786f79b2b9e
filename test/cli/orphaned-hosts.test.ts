import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Console } from "../../provider/cli/console.js";
import { PARENT_VARIABLE } from "../../provider/cli/recovery/processes.js";
import { untilOrphanedHostsAreGone } from "../../provider/cli/recovery/requests-in-flight.js";

const HOST = fileURLToPath(import.meta.resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js"));

/** An address at which nobody listens any more. */
async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

/** A host that no call has reached, of an engine that is gone. It has begun when it says its port. */
async function orphan(environment: Record<string, string>): Promise<ChildProcess> {
  const host = spawn(process.execPath, [HOST, await closedAddress()], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(host.stdout as NonNullable<typeof host.stdout>, "data");
  return host;
}

test.runIf(process.platform === "linux")(
  "a host of ours that no call has reached is ended in place of its engine",
  { timeout: 60_000 },
  async () => {
    const host = await orphan({ [PARENT_VARIABLE]: "1" });
    const ended = once(host, "exit");
    await untilOrphanedHostsAreGone({ progress: () => {} } as unknown as Console);
    expect(await ended).toEqual([null, "SIGTERM"]);
  },
);
