/** Keys whose secret goes to a vault: through kills at the worst moment, rotations and their cancelling, and never into anything else. */
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { operated } from "../sinks/operated.js";
import { ROOT_TOKEN, startVault } from "../sinks/types/fake-vault.js";
import { type FaultyProxy, startProxy } from "../support/faulty-proxy.js";
import { start } from "../support/gatehouse.js";
import { type Scenario, startScenario } from "./scenario.js";

const LONG = { timeout: 300_000 };
const PLACE = "ai/checkout/checkout-prod";
/** Long enough for a kill to come between the making of a key and the hand-over of its secret. */
const HELD_MS = 2000;

const stack = (settings: string) => `
name: acme
controlPlane: { system: gatehouse }
projects:
  checkout:
    name: Checkout AI
    models: { small: { provider: openai, identifier: gpt-5-mini } }
    keys: { checkout-prod: { environment: production, deliverTo: vault, ${settings} } }
`;

test("a secret reaches its vault whatever is killed, and is in no state, log or output", LONG, async () => {
  await using scenario = await startScenario(stack("overlap: 1h"));
  await using vault = await vaultBehindProxy();
  const run = (...options: string[]) =>
    start(["up", scenario.folder, "--yes", ...options], { ...scenario.environment, ...vault.environment });
  const killedWhileHandingOver = async () => {
    const before = vault.writes();
    vault.proxy.failNext({ kind: "delay", ms: HELD_MS }, { method: "PATCH" });
    vault.proxy.failNext({ kind: "delay", ms: HELD_MS }, { method: "POST" });
    const running = run();
    await vi.waitFor(() => expect(vault.writes()).toBeGreaterThan(before), { timeout: 60_000, interval: 5 });
    running.kill("SIGKILL");
    const ran = await running.ended;
    scenario.said.push(ran.stdout, ran.stderr);
  };
  const goesThrough = async () => {
    const ran = await run().ended;
    expect(ran, ran.stderr + ran.stdout).toMatchObject({ exitCode: 0 });
    scenario.said.push(ran.stdout, ran.stderr);
  };

  await killedWhileHandingOver();
  await goesThrough();
  const first = vault.secret();
  expect(await activeKeys(scenario)).toEqual(["checkout-prod"]);
  expect(await statusOf(scenario, first)).toBe(200);

  scenario.declare(stack("overlap: 1h, rotate: 1"));
  await killedWhileHandingOver();
  scenario.declare(stack("overlap: 1h"));
  await goesThrough();
  expect(await activeKeys(scenario)).toEqual(["checkout-prod"]);
  expect(await statusOf(scenario, first)).toBe(200);

  scenario.declare(stack("overlap: 1h, rotate: 1"));
  await goesThrough();
  const second = vault.secret();
  expect(await activeKeys(scenario)).toEqual(["checkout-prod", expect.stringMatching(/^checkout-prod \(retiring /)]);
  expect([await statusOf(scenario, first), await statusOf(scenario, second)]).toEqual([200, 200]);

  const asked = await start(["secret", scenario.folder, "checkout-prod", "--to", join(scenario.folder, "token")], scenario.environment)
    .ended;
  expect(asked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("was handed to the sink vault") });
  for (const secret of [first, second]) {
    expect(scenario.said.join("\n")).not.toContain(secret);
    expect(scenario.filesWith(secret)).toEqual([]);
  }
});

interface WatchedVault {
  readonly proxy: FaultyProxy;
  readonly environment: Record<string, string>;
  /** Requests so far that would write. */
  writes(): number;
  /** The secret that is in use at the key's place. */
  secret(): string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A vault whose requests can be held up, set up as the sink `vault`. */
async function vaultBehindProxy(): Promise<WatchedVault> {
  const vault = await startVault();
  const proxy = await startProxy(vault.url);
  const settings = { type: "vault", address: proxy.url, path: "ai/{project}/{key}", token: { env: "VAULT_TOKEN" } };
  const environment = {
    GATEHOUSE_TIMEOUT_MS: "3000",
    VAULT_TOKEN: ROOT_TOKEN,
    GATEHOUSE_SINKS: String(operated({ vault: settings }).GATEHOUSE_SINKS),
  };
  return {
    proxy,
    environment,
    writes: () => proxy.requests.filter(({ method }) => method !== "GET").length,
    secret: () => String(vault.current(PLACE)?.token),
    [Symbol.asyncDispose]: async () => {
      await proxy.close();
      await vault.close();
    },
  };
}

async function activeKeys(scenario: Scenario): Promise<readonly unknown[]> {
  return (await scenario.objects("/v1/keys")).flatMap(({ name, status }) => (status === "active" ? [name] : [])).toSorted();
}

async function statusOf({ server }: Scenario, secret: string): Promise<number> {
  return (await server.api("POST", "/v1/chat/completions", { model: "gpt-5-mini", messages: [] }, secret)).status;
}
