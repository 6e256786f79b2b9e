import { connect } from "node:net";

const PROBE_INTERVAL_MS = 500;
/** Probes that may fail in a row before the engine counts as gone. */
const PATIENCE = 2;

/**
 * Ends this process when the engine that started it is gone. A killed engine leaves its host and its policy packs alive; the host's
 * requests would still land while the next run looks around. Both are told the engine's address as their last argument.
 */
export function endWithEngine(address: string | undefined): void {
  const [host, port] = [address?.slice(0, address.lastIndexOf(":")), Number(address?.slice(address.lastIndexOf(":") + 1))];
  if (!host || !Number.isInteger(port) || port <= 0) return;
  let failures = 0;
  setInterval(() => {
    const probe = connect({ host, port });
    probe.unref();
    probe.once("connect", () => {
      failures = 0;
      probe.destroy();
    });
    probe.once("error", (error: NodeJS.ErrnoException) => {
      // Only a closed port tells that the engine is gone; a lack of sockets on this side does not.
      if (error.code !== "ECONNREFUSED") return;
      failures += 1;
      if (failures >= PATIENCE) process.exit(1);
    });
  }, PROBE_INTERVAL_MS).unref();
}
