/** The end of a project, from its archive to its removal, on the embedded control plane and where no way back is documented. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Closed } from "../support/approved-destroy.js";
import { auditOnly, gatehouse } from "../support/gatehouse.js";
import { inDays } from "../support/in-days.js";
import { startTestServer } from "../support/start-server.js";
import { HEAD, startScenario } from "./scenario.js";

const ARCHIVE = `archive: { reason: The trial is over, keepUntil: ${inDays(30)} }`;
const OTHER = "checkout: { name: Checkout }";
const closedGates = (gates: { readonly closed: readonly Closed[] }) => gates.closed.map(({ gate, object }) => `${gate} ${object}`);

test("a project is archived with the end of its keys, kept, and comes back with another key", { timeout: 240_000 }, async () => {
  const stack = (pilot: string) => `${HEAD}projects: { ${OTHER}, pilot: { name: Pilot, ${pilot} } }\n`;
  const key = (name: string) => `keys: { ${name}: { environment: development } }`;
  await using scenario = await startScenario(stack(key("pilot-dev")));
  await scenario.up();
  const status = async () => (await scenario.object("/v1/projects", "slug", "pilot")).status;
  const token = await scenario.tokenOf("pilot-dev");

  scenario.declare(stack(`status: archived, ${ARCHIVE}`));
  await scenario.up();
  expect([await status(), (await scenario.object("/v1/keys", "name", "pilot-dev")).status]).toEqual(["archived", "revoked"]);
  expect((await scenario.server.api("POST", "/v1/chat/completions", { model: "m" }, token)).status).toBe(401);
  expect((await scenario.run("preview", ["--expect-no-changes"])).exitCode).toBe(0);

  scenario.declare(stack("description: The pilot"));
  const leftOut = await scenario.run("up", ["--yes"]);
  expect([leftOut.exitCode, await status()]).toEqual([2, "archived"]);
  expect(leftOut.stdout).toContain("is archived and no longer written");

  scenario.declare(`${HEAD}projects: { ${OTHER} }\n`);
  const gone = await scenario.run("up", ["--yes", "--json"]);
  expect([gone.exitCode, await status()]).toEqual([3, "archived"]);
  expect(closedGates(gone.json<{ gates: { closed: readonly Closed[] } }>().gates)).toEqual([
    "project-with-history projects/pilot",
    "project-kept-until projects/pilot",
  ]);

  scenario.declare(stack(`status: active, ${key("pilot-new")}`));
  await scenario.up();
  expect([await status(), (await scenario.object("/v1/keys", "name", "pilot-new")).status]).toEqual(["active", "active"]);
});

test("on Olyx an archive is final, is still looked into, and leaves the stack as it is", { timeout: 240_000 }, async () => {
  await using server = await startTestServer({ profile: "olyx" });
  const folder = mkdtempSync(join(tmpdir(), "olyx-"));
  const environment = { GATEHOUSE_URL: server.url, GATEHOUSE_TOKEN: server.token };
  const run = (command: string, ...options: string[]) => gatehouse([command, folder, ...options], environment);
  const declare = (projects: string) => {
    const head = 'name: acme\ncontrolPlane: { system: olyx, transport: rehearsal, url: "http://127.0.0.1:8787" }\n';
    writeFileSync(join(folder, "gatehouse.yaml"), auditOnly(`${head}projects: { ${OTHER}${projects} }\n`));
  };
  const up = async () => {
    const ran = await run("up", "--yes");
    expect(ran.exitCode, `${ran.stdout}${ran.stderr}`).toBe(0);
  };
  const models = "models: { small: { provider: openai, identifier: gpt-5-mini } }";
  declare(`, pilot: { name: Pilot, ${models}, routing: { tiers: { simple: small } }, keys: { pilot-dev: { hourlyUsd: 1 } } }`);
  await up();
  const [pilot] = (await server.api("GET", "/api/v1/projects")).body.items.filter(({ name }: { name: string }) => name === "Pilot");
  const address = `/api/v1/projects/${pilot.id}`;
  const status = async () => (await server.api("GET", address)).body.status;

  declare(`, pilot: { name: Pilot, status: archived, ${ARCHIVE} }`);
  await up();
  expect(await status()).toBe("archived");

  // Somebody finds a way back by hand, and leaves a key behind.
  await server.api("PATCH", address, { status: "active" });
  expect((await server.api("POST", "/api/v1/api_keys", { project_id: pilot.id, name: "stray" })).status).toBe(201);
  await server.api("PATCH", address, { status: "archived" });
  expect((await run("audit", "--from", "live")).stdout).toMatch(
    /projects\/pilot \(status\) is archived and still has 1 object in use: .*stray/,
  );

  declare(", pilot: { name: Pilot, status: active }");
  const back = await run("up", "--yes");
  expect([back.exitCode, await status()]).toEqual([2, "archived"]);
  expect(back.stdout).toContain("Olyx documents no way back from archived to active: write `status: archived`");

  await server.api("DELETE", `/api/v1/api_keys/${(await strayKey()).id}`);
  declare("");
  await up();
  expect(await status()).toBe("archived");

  async function strayKey() {
    const { items } = (await server.api("GET", "/api/v1/api_keys")).body;
    return items.find(({ name }: { name: string }) => name === "stray");
  }
});
