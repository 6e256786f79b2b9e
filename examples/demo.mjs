/** `npm run demo`: the life of a stack in a minute, on a real engine and a real server, with everything thrown away at the end. */
import { spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../dist/provider/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "gatehouse-demo-"));
const stack = join(folder, "quickstart");
cpSync(fileURLToPath(new URL("quickstart", import.meta.url)), stack, { recursive: true });
const environment = { ...process.env };
delete environment.CI;
delete environment.PULUMI_BACKEND_URL;

/** Runs a gatehouse command and shows what it says; the demo ends when it exits otherwise than expected. */
async function gatehouse(args, expected = 0) {
  print(`\n$ gatehouse ${args.map((arg) => arg.replaceAll(folder, "…")).join(" ")}`);
  const child = spawn(process.execPath, [MAIN, ...args], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => print(`  ${line.replaceAll(folder, "…")}`));
  }
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== expected) throw new Error(`gatehouse ${args[0]} exited ${code} instead of ${expected}`);
}

/** Writes what the gates want approved into the stack file, as a person would who has read the preview. */
async function approveDestroy() {
  const { gates } = JSON.parse(await output(["destroy", stack, "--yes", "--json"]));
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const approvals = gates.closed.map(
    ({ gate, object, change }) =>
      `    - { gate: ${gate}, object: "${object}", change: "${change}", by: ada@acme.example, reason: The demo is over, until: ${tomorrow} }`,
  );
  appendFileSync(join(stack, "gatehouse.yaml"), `governance:\n  approvals:\n${approvals.join("\n")}\n`);
  print(approvals.join("\n"));
}

/** Standard output of a command that says nothing else. */
async function output(args) {
  const child = spawn(process.execPath, [MAIN, ...args], { env: environment, stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  for await (const chunk of child.stdout) text += chunk;
  return text;
}

async function request(method, path, token, body, headers = {}) {
  const answer = await fetch(environment.GATEHOUSE_URL + path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

const print = (line) => process.stdout.write(`${line}\n`);
const heading = (text) => print(`\n── ${text}`);

function expectStatus(what, { status, body }, wanted) {
  print(`  ${what}: ${status}${status >= 400 ? ` ${body.code}: ${body.detail}` : ""}`);
  if (status !== wanted) throw new Error(`${what}: expected ${wanted}`);
}

async function startServer() {
  const child = spawn(process.execPath, [MAIN, "serve", "--port", "0", "--json"], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.trimEnd().endsWith("}")) break;
  }
  const { url, bootstrapToken } = JSON.parse(text);
  return { child, url, bootstrapToken };
}

const started = Date.now();
heading("An embedded control plane, empty but for its organization, its Default project and its first owner");
const server = await startServer();
environment.GATEHOUSE_URL = server.url;
environment.GATEHOUSE_TOKEN = server.bootstrapToken;
print(`  ${server.url}`);
try {
  heading("What the quickstart would create");
  await gatehouse(["preview", stack]);

  heading("Apply it; a second preview finds nothing to do");
  await gatehouse(["up", stack, "--yes"]);
  await gatehouse(["preview", stack, "--expect-no-changes"]);

  heading("Somebody makes kim an administrator by hand");
  const { body: members } = await request("GET", "/v1/members", server.bootstrapToken);
  const kim = members.items.find((member) => member.user === "kim@acme.example");
  expectStatus("PATCH /v1/members/…", await request("PATCH", `/v1/members/${kim.id}`, server.bootstrapToken, { role: "admin" }), 200);
  await gatehouse(["drift", stack], 7);

  heading("Git stays the truth: the next up takes it back");
  await gatehouse(["up", stack, "--yes"]);
  await gatehouse(["drift", stack]);

  heading("Hand two keys over: into files that only you can read");
  const [checkout, search] = [join(folder, "checkout.token"), join(folder, "search.token")];
  await gatehouse(["secret", stack, "checkout-prod", "--to", checkout]);
  await gatehouse(["secret", stack, "search-prod", "--to", search]);
  print(`  mode ${(statSync(checkout).mode & 0o777).toString(8)}`);

  heading("The declared limits hold");
  const call = (file, body, headers) =>
    request("POST", "/v1/chat/completions", readFileSync(file, "utf8").trim(), { model: "gpt-5-mini", ...body }, headers);
  expectStatus("checkout-prod calls a model of its project", await call(checkout, { messages: [{ role: "user", content: "Hello" }] }), 200);
  expectStatus("the same key with the header of another project", await call(checkout, {}, { "gatehouse-project": "search" }), 403);
  expectStatus("a request that costs 2,500 dollars", await call(checkout, { costUsd: 2500 }), 200);
  expectStatus("search-prod afterwards: production is at its monthly cap", await call(search, { model: "any" }), 402);

  heading("Destroy: gates stand before production keys that are in use");
  await gatehouse(["destroy", stack, "--yes"], 3);

  heading("An owner approves exactly these changes; approved, what the stack created goes, and what was there before stays");
  await approveDestroy();
  await gatehouse(["up", stack, "--yes"]);
  await gatehouse(["destroy", stack, "--yes"]);
  const { body: projects } = await request("GET", "/v1/projects", server.bootstrapToken);
  print(`  projects left: ${projects.items.map((project) => project.name).join(", ")}`);

  heading(`That was all, in ${Math.round((Date.now() - started) / 1000)} seconds`);
  print("  A stack file was planned, applied, watched and taken back by Pulumi's engine through Gatehouse's provider.");
  print("  A change by hand was found and undone; a key served its own project only, and a cap stopped production.");
  print("  Next: examples/quickstart/gatehouse.yaml, and the README.");
} catch (error) {
  print(`\nThe demo stopped: ${error.message}`);
  process.exitCode = 1;
} finally {
  server.child.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
