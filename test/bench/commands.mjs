import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { watchMemory } from "./process-tree.mjs";

const MAIN = fileURLToPath(new URL("../../dist/provider/cli/main.js", import.meta.url));

/** The caller's environment without its Gatehouse and Pulumi settings, and without CI, where state beside a stack is refused. */
export function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(
    ([name]) => name !== "CI" && (name === "GATEHOUSE_CACHE_DIR" || !/^(GATEHOUSE|PULUMI)_/.test(name)),
  );
  return Object.fromEntries(kept);
}

/** Runs a command to its end: seconds, and peak memory of all its processes in MiB. Fails on another exit code than 0. */
export async function measured(args, environment, timeoutMs) {
  const started = performance.now();
  const child = spawn(process.execPath, [MAIN, ...args], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const memory = watchMemory(child.pid);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
  }
  // One signal lets calls in flight finish, so that nothing of ours is left behind.
  const timer = setTimeout(() => child.kill("SIGINT"), timeoutMs);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearTimeout(timer);
  const peakMemoryMiB = memory.stop();
  if (code !== 0) throw new Error(`gatehouse ${args.join(" ")} exited ${code}:\n${said.slice(-4000)}`);
  return { seconds: Math.round((performance.now() - started) / 100) / 10, peakMemoryMiB };
}

/** An embedded control plane that tells of each request. `requestsSince` answers those since the last call. */
export async function startServer(environment) {
  const args = [MAIN, "serve", "--port", "0", "--plan", "enterprise", "--verbose", "--json"];
  const child = spawn(process.execPath, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  let onLine = () => {};
  child.stderr.setEncoding("utf8").on("data", (text) => {
    log += text;
    onLine();
  });
  let announced = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    announced += chunk;
    if (announced.trimEnd().endsWith("}")) break;
  }
  const { url, bootstrapToken } = JSON.parse(announced);

  return {
    url,
    token: bootstrapToken,
    async requestsSince() {
      // Its line comes after those of all requests that were answered before it.
      await fetch(`${url}/healthz`);
      while (!log.includes("GET /healthz ")) {
        await new Promise((resolve) => {
          onLine = resolve;
        });
      }
      const requests = log.split("\n").flatMap((line) => {
        const [, method, path] = /^([A-Z]+) (\S+) \d{3} /.exec(line) ?? [];
        return method === undefined || path === "/healthz" ? [] : [{ method, path }];
      });
      log = "";
      return requests;
    },
    stop: () => child.kill("SIGTERM"),
  };
}
