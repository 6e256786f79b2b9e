import { expect, test } from "vitest";
import { auditOnly, gatehouse, stackAt } from "../support/gatehouse.js";
import { startTestServer } from "../support/start-server.js";

const EMAIL = "gatehouse@acme.example";
const PROJECTS = 6;
const TOKENS = 3;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** A stack of projects with tokens. The names of another stack share nothing with its own. */
function stackOf(name: string, url: string): string {
  const keys = (project: number) => numbers(TOKENS).map((key) => `${name}-${project}-${key}: { labels: [label-${key}] }`);
  const projects = numbers(PROJECTS).map((index) => `  ${name}-${index}: { name: ${name} ${index}, keys: { ${keys(index).join(", ")} } }`);
  return auditOnly(`name: ${name}
controlPlane:
  system: routerly
  url: ${url}
  transport: api
  credentials: { email: { env: GATEHOUSE_ROUTERLY_EMAIL }, password: { env: GATEHOUSE_ROUTERLY_PASSWORD } }
projects:
${projects.join("\n")}`);
}

interface Listed {
  readonly name: string;
  readonly tokens: readonly { readonly labels: readonly string[] }[];
}

test("R-45 R-48 two stacks applied at the same time to one server that loses writes are both whole after one up", {
  timeout: 240_000,
}, async () => {
  await using server = await startTestServer({ profile: "routerly", bootstrapEmail: EMAIL, lostWrites: true });
  const environment = { GATEHOUSE_ROUTERLY_EMAIL: EMAIL, GATEHOUSE_ROUTERLY_PASSWORD: server.token };
  const up = (name: string) => gatehouse(["up", stackAt(stackOf(name, server.url)), "--yes"], environment);
  const stacks = ["one", "two"];
  for (const { exitCode, stderr } of await Promise.all(stacks.map(up))) expect([exitCode, exitCode === 0 ? "" : stderr]).toEqual([0, ""]);

  const login = await server.api("POST", "/api/auth/login", { email: EMAIL, password: server.token }, null);
  const projects: readonly Listed[] = (await server.api("GET", "/api/projects", undefined, login.body.token)).body;
  const found = Object.fromEntries(projects.map(({ name, tokens }) => [name, tokens.map(({ labels }) => labels.toSorted()).toSorted()]));
  const declared = stacks.flatMap((stack) =>
    numbers(PROJECTS).map((index) => [
      `${stack} ${index}`,
      numbers(TOKENS).map((key) => [`gatehouse:${stack}-${index}-${key}`, `label-${key}`]),
    ]),
  );
  expect(found).toEqual(Object.fromEntries(declared));
});
