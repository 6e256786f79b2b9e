import type { TestServer } from "./start-server.js";

/** Secrets that these organizations hold. None may ever leave the control plane. */
export const SECRETS_BY_HAND = ["upstream-secret-1", "hook-secret-1", "embedding-secret-1", "password-1"];

const PROJECTS = [
  { slug: "checkout", name: "Checkout AI" },
  { slug: "search", name: `Search: "fast" #1` },
  { slug: "rocket", name: "🚀 {x: y}" },
];

/** An organization that people filled over HTTP in the course of time: sixty objects, with the odd names that people give. */
export async function fillByHand({ api }: TestServer): Promise<void> {
  const made = async (path: string, body: Record<string, unknown>) => (await answered(api("POST", path, body))).body;
  await answered(api("PATCH", "/v1/organization", { name: "Acme Ünïted", contacts: { security: "sec@acme.example" } }));
  await answered(api("PATCH", "/v1/security-policy", { sessionMinutes: 480, idleMinutes: 60 }));
  await made("/v1/roles", { name: "auditor", permissions: ["project:read"] });
  const people = {
    ada: "admin",
    bea: "admin",
    lin: "manager",
    kim: "member",
    pat: "auditor",
    max: "viewer",
    eve: "viewer",
    joe: "member",
    zoe: "member",
  };
  for (const [name, role] of Object.entries(people)) await made("/v1/members", { user: `${name}@acme.example`, role });
  for (const environment of ["production", "staging", "development", "other"]) {
    await made("/v1/environment-limits", { environment, requestsPerMinute: 600, monthlyUsd: environment === "production" ? 2000 : 200 });
  }
  const credential = await made("/v1/credentials", { name: "openai", provider: "openai", value: SECRETS_BY_HAND[0] });
  await made("/v1/models", { identifier: "gpt-5", provider: "openai", credential: credential.id, inputUsdPerMillionTokens: 1 });
  await made("/v1/budgets", { name: "all", amountUsd: 5000, period: "month", thresholds: [0.8], onBreach: "warn" });
  const channel = { webhook: "https://hooks.acme.example/ai", secret: SECRETS_BY_HAND[1] };
  await made("/v1/alerts", { name: "spend", event: "budget_exceeded", channel });
  await made("/v1/alerts", { name: "ends", event: "key.disabled", channel: { email: "sec@acme.example" } });
  for (const { slug, name } of PROJECTS) {
    const launch = { owner: "lin@acme.example", workload: "chat", expectedMonthlyUsd: 900 };
    const { id: project } = await made("/v1/projects", { slug, name, description: `one\ntwo: ${name}`, labels: ["b", "a"], launch });
    for (const [user, role] of [
      ["lin@acme.example", "admin"],
      ["kim@acme.example", "member"],
    ])
      await made(`/v1/projects/${project}/members`, { user, role });
    await made("/v1/models", { name: "small", identifier: `${slug}-mini`, provider: "openai", project, credential: credential.id });
    await made("/v1/models", { name: "large one", identifier: `${slug}-large`, provider: "anthropic", project });
    await made(`/v1/projects/${project}/tiers`, { tier: "simple", model: `${slug}-mini`, fallbacks: [`${slug}-large`] });
    await made("/v1/routing-policies", { project, policies: [{ type: "health" }, { type: "cheapest", enabled: false }] });
    await made("/v1/budgets", { name: "team", project, amountUsd: 1200, period: "month", onBreach: "block" });
    for (const environment of ["production", "staging", "development"]) {
      const use = { environment, owner: "lin@acme.example", ownerType: "service", consumer: `${slug}-api`, hourlyUsd: 25 };
      await made("/v1/keys", { name: `${slug}-${environment}`, project, ...use });
    }
  }
  for (const name of ["$weird: {x}\n- y", "true", "a/b::c", "unlocked"]) await made("/v1/keys", { name, environment: "development" });
  const { id } = await made("/v1/keys", { name: "gone" });
  await answered(api("DELETE", `/v1/keys/${id}`));
}

/** The same on Routerly: tokens without a name, models with keys, policies with settings, notification channels. */
export async function fillRouterlyByHand({ api }: Pick<TestServer, "api">): Promise<void> {
  await answered(api("POST", "/api/roles", { id: "auditor", name: "Auditor", permissions: ["project:read", "report:read"] }));
  for (const [email, roleId] of [
    ["bea@acme.example", "admin"],
    ["lin@acme.example", "operator"],
    ["kim@acme.example", "auditor"],
  ])
    await answered(api("POST", "/api/users", { email, password: SECRETS_BY_HAND[3], roleId }));
  const users: { id: string; email: string }[] = (await answered(api("GET", "/api/users"))).body;
  for (const [id, provider, endpoint] of [
    ["gpt-5", "openai", "https://api.openai.com/v1"],
    ["claude", "anthropic", "https://api.anthropic.com"],
    ["llama", "ollama", "http://localhost:11434/v1"],
  ]) {
    const limits = [{ metric: "cost", windowType: "period", period: "daily", value: 10 }];
    const prices = { inputPerMillion: 1, outputPerMillion: 2 };
    await answered(api("POST", "/api/models", { id, provider, endpoint, apiKey: SECRETS_BY_HAND[0], limits, ...prices }));
  }
  const hook = { id: "ops", provider: "webhook", url: "https://hooks.acme.example/x", secret: SECRETS_BY_HAND[1] };
  const mail = { id: "mail", provider: "smtp", fromAddress: "a@acme.example", host: "mail.acme.example", port: 587 };
  await answered(api("PUT", "/api/settings", { notifications: { channels: [hook, mail] } }));
  for (const name of ["Checkout AI", "Search & Co", "Ünïcode"]) {
    const config = {
      embedding_provider: "openai",
      embedding_model: "e",
      embedding_api_key: SECRETS_BY_HAND[2],
      intents: { hard: { examples: ["x"], candidate_models: ["gpt-5"] } },
    };
    const routing = {
      models: [{ modelId: "gpt-5" }, { modelId: "claude", prompt: "Be brief." }],
      policies: [
        { type: "health", enabled: true },
        { type: "semantic-intent", enabled: true, config },
      ],
    };
    const { body: project } = await answered(api("POST", "/api/projects", { name, models: routing.models }));
    await answered(api("PUT", `/api/projects/${project.id}`, { ...project, ...routing, timeoutMs: 20_000 }));
    for (const labels of [["mobile"], ["batch", "nightly"]]) {
      await answered(api("POST", `/api/projects/${project.id}/tokens`, { labels }));
    }
    for (const { id } of users.filter(({ email }) => /^(lin|kim)/.test(email))) {
      await answered(api("POST", `/api/projects/${project.id}/members`, { userId: id, role: "editor" }));
    }
  }
}

async function answered(call: ReturnType<TestServer["api"]>): ReturnType<TestServer["api"]> {
  const answer = await call;
  if (answer.status >= 400) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}
