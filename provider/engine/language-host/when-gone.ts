import { connect } from "node:net";

const PROBE_MS = 500;
/** One refused connection can be the machine's load; two in a row are an engine that has ended. */
const REFUSALS = 2;

/** Calls back once when nobody listens at `address` (host:port) any more: an engine that was killed cannot end its hosts itself. */
export function whenGone(address: string, callback: () => void): void {
  const { hostname: host, port } = new URL(`tcp://${address}`);
  let refusals = 0;
  const probe = setInterval(() => {
    const socket = connect({ host, port: Number(port) });
    socket.once("connect", () => {
      refusals = 0;
      socket.destroy();
    });
    socket.once("error", () => {
      refusals += 1;
      if (refusals !== REFUSALS) return;
      clearInterval(probe);
      callback();
    });
  }, PROBE_MS);
  probe.unref();
}
