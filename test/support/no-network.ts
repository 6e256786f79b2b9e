/** Tests speak to this machine only: a connection or a name look-up that leaves it throws where it is made. */
import dns from "node:dns";
import net from "node:net";

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|0\.0\.0\.0|::)$/;

function refuseOutside(host: unknown): void {
  if (typeof host === "string" && !LOOPBACK.test(host)) throw new Error(`tests have no network: ${host} is not this machine`);
}

function hostOf(args: readonly unknown[]): unknown {
  // Node hands its own callers' arguments over already normalised, as one array.
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === "object" && first !== null)
    return "path" in first && first.path ? undefined : "host" in first ? first.host : undefined;
  return typeof first === "number" ? args[1] : undefined;
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  refuseOutside(hostOf(args));
  return Reflect.apply(connect, this, args);
} as typeof connect;

for (const module of [dns, dns.promises] as unknown as Record<string, unknown>[]) {
  for (const name of Object.keys(module).filter((key) => /^(lookup|resolve)/.test(key))) {
    const original = module[name];
    if (typeof original !== "function") continue;
    module[name] = (...args: unknown[]) => {
      refuseOutside(args[0]);
      return Reflect.apply(original, module, args);
    };
  }
}
