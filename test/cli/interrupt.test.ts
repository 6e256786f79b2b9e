import { expect, test } from "vitest";
import { SlowStack } from "./slow-stack.js";

const LONG = { timeout: 180_000 };

test("one SIGINT lets calls in flight finish and be recorded, and the next up goes on", LONG, async () => {
  await using stack = await SlowStack.start();
  await interruptOnce(stack, "SIGINT");
  const second = await stack.up().ended;
  expect(second, second.stderr + second.stdout).toMatchObject({ exitCode: 0 });
  expect(second.stderr).not.toContain("did not end by itself");
  await stack.expectEverythingOnce();
});

test("one SIGTERM lets calls in flight finish and be recorded", LONG, async () => {
  await using stack = await SlowStack.start();
  await interruptOnce(stack, "SIGTERM");
});

async function interruptOnce(stack: SlowStack, signal: NodeJS.Signals): Promise<void> {
  const run = stack.up();
  await stack.untilKeysAreBeingMade();
  run.kill(signal);
  await run.says("calls in flight finish and are recorded");
  expect(await run.ended).toMatchObject({ exitCode: 1 });
  expect(stack.locks()).toEqual([]);
  expect(stack.pending()).toEqual([]);
}

test("two SIGINTs end the engine at once, and the next up puts right what was being made", LONG, async () => {
  // Keys are still being made when the second signal comes, however busy the machine is.
  await using stack = await SlowStack.start({ slowKeyMs: 8000, timeoutMs: 10_000 });
  const first = stack.up();
  await stack.untilKeysAreBeingMade();
  first.kill("SIGINT");
  await first.says("calls in flight finish and are recorded");
  first.kill("SIGINT");
  await first.says("Ending at once");
  expect(await first.ended).toMatchObject({ exitCode: 1 });
  expect(stack.locks()).toEqual([]);
  expect(stack.pending().length).toBeGreaterThan(0);

  const second = await stack.up().ended;
  expect(second, second.stderr + second.stdout).toMatchObject({ exitCode: 0 });
  await stack.expectEverythingOnce();
});

test("a SIGINT while no engine runs ends the command, and nothing is held", LONG, async () => {
  await using stack = await SlowStack.start();
  stack.proxy.failNext({ kind: "delay", ms: 20_000 }, { method: "GET", path: "/v1/me" });
  const first = stack.up();
  await stack.untilRequested("GET", "/v1/me");
  first.kill("SIGINT");
  expect(await first.ended).toMatchObject({ exitCode: 1 });
  expect(stack.locks()).toEqual([]);
});
