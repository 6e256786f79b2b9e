import fastify from "fastify";
import { InvalidInput } from "../../errors.js";
import { healthAt, type WatchRecord } from "../../reconcile/index.js";
import type { Metrics } from "./metrics.js";

export interface EndpointOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly intervalMs: number;
  readonly metrics: Metrics;
  /** The watcher's record now. */
  readonly record: () => WatchRecord;
}

export interface Endpoints {
  readonly url: string;
  close(): Promise<void>;
}

/** `GET /healthz` and `GET /metrics` of a watcher. Throws InvalidInput when the port cannot be had. */
export async function startEndpoints({ host, port, intervalMs, metrics, record }: EndpointOptions): Promise<Endpoints> {
  const app = fastify({ forceCloseConnections: true });
  app.get("/healthz", (_request, reply) => {
    const now = record();
    const health = healthAt(Date.now(), now, intervalMs);
    const { failuresInARow, heldInARow } = now;
    return reply.code(health.healthy ? 200 : 503).send({ ...health, failuresInARow, heldInARow, lastPass: lastPass(now) });
  });
  app.get("/metrics", async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  try {
    return { url: await app.listen({ host, port }), close: () => app.close() };
  } catch (cause) {
    await app.close();
    const { code } = cause as NodeJS.ErrnoException;
    throw new InvalidInput({
      subject: `${host}:${port}`,
      what: `cannot be listened on (${code})`,
      advice: "Give another --port (0 picks a free one) or --host.",
      cause,
    });
  }
}

function lastPass({ lastPass: pass }: WatchRecord): Record<string, unknown> | null {
  return pass === undefined ? null : { ...pass, endedAt: new Date(pass.endedAt).toISOString() };
}
