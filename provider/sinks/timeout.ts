import type { Environment } from "../http/settings.js";

const DEFAULT_TIMEOUT_MS = 30_000;

/** How long one attempt at a sink may take, in milliseconds. */
export function attemptTimeoutMs(environment: Environment): number {
  return Number(environment.GATEHOUSE_TIMEOUT_MS) || DEFAULT_TIMEOUT_MS;
}
