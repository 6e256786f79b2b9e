import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Environment } from "../../http/settings.js";
import type { Console } from "../console.js";
import { type DynamicHost, dynamicHosts, end } from "./processes.js";
import { until } from "./until.js";

/** A host ends itself about one second after its engine; a machine under load needs longer. */
const HOST_PATIENCE_MS = 15_000;
/** After so long a host of ours is told to end: one that no call has reached has not loaded what would end it. */
const OWN_END_MS = 5_000;
/** A call is several attempts, and waits for its turn. After so many time-outs no call of a killed run can be left. */
const CALL_IN_TIMEOUTS = 10;

/** Waits until no host that lost its engine can send requests any more. */
export async function untilOrphanedHostsAreGone(console: Console): Promise<void> {
  if (dynamicHosts() === undefined) {
    console.progress("Waiting for what a killed run may have left running …");
    return delay(HOST_PATIENCE_MS);
  }
  if (!(await anyOrphanedHost())) return;
  console.progress("The provider of a killed run is still there: waiting for its end …");
  if (await until(async () => !(await anyOrphanedHost()), OWN_END_MS)) return;
  for (const { pid, isOurs } of await orphanedHosts()) if (isOurs) end(pid);
  const gone = await until(async () => !(await anyOrphanedHost()), HOST_PATIENCE_MS);
  if (!gone) console.progress("A provider without an engine is still there. It is none of ours, which end themselves.");
}

async function anyOrphanedHost(): Promise<boolean> {
  return (await orphanedHosts()).length > 0;
}

async function orphanedHosts(): Promise<readonly DynamicHost[]> {
  const hosts = dynamicHosts() ?? [];
  const isOrphan = await Promise.all(hosts.map(({ engineAddress }) => refuses(engineAddress)));
  return hosts.filter((_, index) => isOrphan[index]);
}

function refuses(address: string): Promise<boolean> {
  const colon = address.lastIndexOf(":");
  return new Promise((resolve) => {
    const probe = connect({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)) });
    const answer = (refused: boolean) => {
      probe.destroy();
      resolve(refused);
    };
    probe.once("connect", () => answer(false));
    probe.once("error", (error: NodeJS.ErrnoException) => answer(error.code === "ECONNREFUSED"));
  });
}

/** How long a request to a control plane may take, in milliseconds. */
export function requestTimeoutMs(environment: Environment): number {
  return Number(environment.GATEHOUSE_TIMEOUT_MS) || 30_000;
}

/**
 * Waits until every request of a killed run has landed or never will: one time-out from now, since the last one may have been sent
 * when its host ended, unless the last checkpoint is so old that no call of that run can be left.
 */
export async function untilRequestsHaveLanded(lastCheckpoint: string | undefined, timeoutMs: number, console: Console): Promise<void> {
  const age = Date.now() - Date.parse(lastCheckpoint ?? "");
  if (age > CALL_IN_TIMEOUTS * timeoutMs) return;
  console.progress(`Requests of the killed run may still land: waiting ${Math.ceil(timeoutMs / 1000)} s …`);
  await delay(timeoutMs);
}
