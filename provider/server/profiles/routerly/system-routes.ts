import type { FastifyInstance } from "fastify";
import { bodyOf, guarded, type Routerly } from "./context.js";
import { failure, notFound } from "./failures.js";
import { exactly } from "./session-routes.js";

const ROUTERLY_VERSION = "0.2.0";

/** Keys that a PUT changes; others, port and host among them, are ignored. */
const SETTINGS = ["dashboardEnabled", "defaultTimeoutMs", "logLevel", "publicUrl", "channel", "notifications", "telemetry"];
const LONGEST_PAGE = 200;

/** Health, settings, usage, and what the server says of itself. */
export function systemRoutes(app: FastifyInstance, routerly: Routerly): void {
  const { records, now } = routerly;
  const started = now().getTime();
  const route = guarded(routerly, app);

  app.get("/health", () => ({ status: "ok", version: ROUTERLY_VERSION, timestamp: now().toISOString() }));

  app.get("/api/system/info", async (request) => {
    exactly(request);
    return {
      version: ROUTERLY_VERSION,
      nodeVersion: process.version,
      platform: process.platform,
      configDir: "embedded",
      dataDir: "embedded",
      uptimeSeconds: Math.round((now().getTime() - started) / 1000),
      channel: (await records.read("settings")).channel,
      isDocker: false,
      updateInfo: null,
    };
  });

  route("GET", "/api/settings", "user:write", () => records.read("settings"));
  route("PUT", "/api/settings", "user:write", (request) => {
    const body = bodyOf(request);
    return records.change("settings", (settings) => {
      for (const name of SETTINGS) if (body[name] !== undefined) settings[name] = body[name];
      return settings;
    });
  });

  route("POST", "/api/notifications/test", "user:write", async (request) => {
    const { channelId, to } = bodyOf(request);
    if (!channelId || !to) throw failure(400, "channelId and to are required");
    return { ok: false, message: "The embedded control plane sends nothing." };
  });

  route("GET", "/api/usage", "report:read", async (request) => {
    const { projectId, page = "1", pageSize = "100" } = request.query as Record<string, string | undefined>;
    const all = (await records.read("usage")).filter((use) => projectId === undefined || use.projectId === projectId);
    const size = Math.min(Number(pageSize) || 1, LONGEST_PAGE);
    const from = (Number(page) - 1) * size;
    return {
      summary: { calls: all.length, cost: all.reduce((sum, { cost }) => sum + cost, 0) },
      byModel: [],
      timeline: [],
      records: all.slice(from, from + size),
      pagination: { page: Number(page), pageSize: size, totalRecords: all.length, totalPages: Math.ceil(all.length / size) },
    };
  });

  for (const path of ["/api/usage/:id", "/api/traces/:id"]) {
    route("GET", path, "report:read", () => {
      throw notFound();
    });
  }
}
