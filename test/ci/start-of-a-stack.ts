import { expect } from "vitest";
import { gatehouse } from "../support/gatehouse.js";
import type { TestServer } from "../support/start-server.js";

/** The first `up`, by a person. */
export async function applyFirst(folder: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const ran = await gatehouse(["up", folder, "--stack", "prod", "--yes"], environment);
  if (ran.exitCode !== 0) throw new Error(`up exited ${ran.exitCode}:\n${ran.stdout}\n${ran.stderr}`);
}

/** The token of the viewer that the examples declare for previews, who accepts the invitation. */
export async function readOnlyToken(server: TestServer): Promise<string> {
  const members = (await server.api("GET", "/v1/members")).body.items as { id: string; user: string; role: string }[];
  const reader = members.find(({ user }) => user === "previews@acme.example");
  expect(reader?.role).toBe("viewer");
  const { code } = (await server.api("POST", `/v1/members/${reader?.id}/invitation`)).body;
  return (await server.api("POST", "/v1/invitations/accept", { code }, null)).body.token;
}
