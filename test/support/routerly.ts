import { type ApiAnswer, startTestServer, type TestServer } from "./start-server.js";

/** A server under the profile routerly, with an administrator who has logged in. Raw HTTP only. */
export interface RouterlyServer extends TestServer {
  readonly email: string;
  readonly password: string;
}

const EMAIL = "ada@acme.example";
const PASSWORD = "first-password";

export async function startRouterly(options: { now?: () => Date; lostWrites?: boolean; dataFile?: string } = {}): Promise<RouterlyServer> {
  const server = await startTestServer({ profile: "routerly", ...options });
  const made = await server.api("POST", "/api/setup/first-admin", { email: EMAIL, password: PASSWORD }, null);
  const token: string = made.body.token;
  return {
    ...server,
    token,
    email: EMAIL,
    password: PASSWORD,
    api: (method, path, body, as = token, headers = {}) => server.api(method, path, body, as, headers),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** A model of a provider that can be called. */
export async function registerModel(server: TestServer, id: string, fields: Record<string, unknown> = {}): Promise<ApiAnswer> {
  const body = { id, provider: "openai", endpoint: "https://api.openai.com/v1", inputPerMillion: 1, outputPerMillion: 2, ...fields };
  return server.api("POST", "/api/models", body);
}

/** A project with these models: its id, and the secret of its first token. */
export async function makeProject(server: TestServer, name: string, models: readonly string[], fields: Record<string, unknown> = {}) {
  const body = { name, models: models.map((modelId) => ({ modelId })), ...fields };
  const made = await server.api("POST", "/api/projects", body);
  return { id: made.body.id as string, token: made.body.token as string, tokenId: made.body.tokens[0].id as string };
}

export function chat(server: TestServer, token: string, body: Record<string, unknown> = {}): Promise<ApiAnswer> {
  return server.api("POST", "/v1/chat/completions", { model: "routerly/ada", messages: [{ role: "user", content: "hi" }], ...body }, token);
}
