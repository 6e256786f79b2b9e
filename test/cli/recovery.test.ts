import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { expect, test } from "vitest";
import { SlowStack } from "./slow-stack.js";

const LONG = { timeout: 180_000 };

test("after a SIGKILL in the middle of an up, the next up makes the stack whole and doubles nothing", LONG, async () => {
  await using stack = await SlowStack.start();
  const first = stack.up();
  await stack.untilKeysAreBeingMade();
  first.kill("SIGKILL");
  await first.ended;
  expect(stack.locks()).toHaveLength(1);

  const second = await stack.up("--no-refresh").ended;
  expect(second, second.stderr + second.stdout).toMatchObject({ exitCode: 0 });
  expect(second.stderr).toContain("its secret was lost with the run");
  await stack.expectEverythingOnce();
  const answers = await Promise.all(stack.declaredKeys().map((key) => stack.callWithTokenOf(key)));
  expect(answers).toEqual(stack.declaredKeys().map(() => 200));
});

test("after a SIGKILL of the engine alone, the next up makes the stack whole and doubles nothing", LONG, async () => {
  await using stack = await SlowStack.start();
  const first = stack.up();
  await stack.untilKeysAreBeingMade();
  process.kill(stack.enginePid(), "SIGKILL");
  expect(await first.ended).toMatchObject({ exitCode: 1 });
  expect(stack.pending().length).toBeGreaterThan(0);

  const second = await stack.up().ended;
  expect(second, second.stderr + second.stdout).toMatchObject({ exitCode: 0 });
  await stack.expectEverythingOnce();
});

test(
  "a lock is removed when its owner is gone, kept when it is alive or elsewhere, and an object that was there before is left alone",
  LONG,
  async () => {
    await using stack = await SlowStack.start();
    const holder = stack.up();
    await stack.untilKeysAreBeingMade();
    const engine = stack.enginePid();
    process.kill(engine, "SIGSTOP");
    const refused = await stack.up().ended;
    process.kill(engine, "SIGCONT");
    expect(refused, refused.stderr).toMatchObject({ exitCode: 5 });
    expect(refused.stderr).toContain(`held by process ${engine} of`);
    expect(await holder.ended).toMatchObject({ exitCode: 0 });

    stack.writeLock("elsewhere", { pid: 4711, hostname: "elsewhere.example" });
    const elsewhere = await stack.up().ended;
    expect(elsewhere, elsewhere.stderr).toMatchObject({ exitCode: 5 });
    expect(elsewhere.stderr).toContain("process 4711 of somebody on elsewhere.example since 2026-01-02T03:04:05.678Z");
    expect(stack.locks()).toEqual(["elsewhere.json"]);

    // This very process lives and is no engine: its number stands for one that was given out again.
    stack.writeLock("elsewhere", { pid: process.pid, hostname: hostname() });
    stack.writeLock("dead", { pid: 2 ** 22 + 1, hostname: hostname() });
    const removed = await stack.up().ended;
    expect(removed, removed.stderr).toMatchObject({ exitCode: 0 });
    expect(removed.stderr).toContain(`process ${process.pid}, which is gone`);

    const older = await stack.server.api("POST", "/v1/projects", { name: "Older", slug: "older" });
    expect(older.status).toBe(201);
    const { createdAt } = older.body;
    claimAsPending(stack, "older", "2999-01-01T00:00:00Z");
    const settled = await stack.up().ended;
    expect(settled, settled.stderr).toMatchObject({ exitCode: 0 });
    expect(settled.stderr).toContain("Project projects/older: an object of this name is there that the killed run did not make");
    expect((await stack.server.api("GET", `/v1/projects/${older.body.id}`)).body).toMatchObject({ slug: "older", createdAt });
    expect(stack.pending()).toEqual([]);
  },
);

/** Writes into the state that a run which began at this time was creating a project of this slug. */
function claimAsPending(stack: SlowStack, slug: string, began: string): void {
  const state = JSON.parse(readFileSync(stack.stateFile(), "utf8"));
  const project = state.checkpoint.latest.resources.find(({ urn }: { urn: string }) => urn.endsWith("::projects/search"));
  const { id: _id, outputs: _outputs, ...rest } = project;
  const resource = { ...rest, urn: project.urn.replace("search", slug), inputs: { ...project.inputs, slug } };
  state.checkpoint.latest.pending_operations = [{ resource, type: "creating" }];
  writeFileSync(stack.stateFile(), JSON.stringify(state));
  stack.writeLock("dead", { pid: 2 ** 22 + 1, hostname: hostname(), timestamp: began });
}
