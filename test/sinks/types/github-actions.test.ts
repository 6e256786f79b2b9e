import { describe, expect, it, onTestFinished } from "vitest";
import { openSink, placeProblem, sinkProblem } from "../../../provider/sinks/index.js";
import type { Sink } from "../../../provider/sinks/sink.js";
import { placeOf, sinkConformance } from "../conformance.js";
import { operated } from "../operated.js";
import { type FakeGithub, GITHUB_TOKEN, startGithub } from "./fake-github.js";

const PLACE = placeOf("checkout", "api-prod");

sinkConformance(
  "github-actions",
  async () => {
    const github = await startGithub();
    const written = (name: string) => name.toUpperCase().replaceAll("-", "_");
    return {
      settings: { repository: "acme/keys", name: "AI_{project}__{key}", api: github.url, token: { env: "KEYS_TOKEN" } },
      environment: { KEYS_TOKEN: GITHUB_TOKEN },
      held: ({ project, key }) => github.opened(`/repos/acme/keys/actions/secrets/AI_${written(project)}__${written(key)}`),
      refuse: () => github.answerAll({ status: 403, body: { message: `Resource not accessible by ${GITHUB_TOKEN}` } }),
      answerAll: github.answerAll,
      recover: () => github.answerAll(undefined),
      close: github.close,
    };
  },
  { restores: false },
);

describe("GitHub Actions", () => {
  it("gets the secret of a repository sealed to its key", async () => {
    const { github, sink } = await opened({ repository: "acme/{project}", name: "AI_{key}" });
    expect(await sink.deliver(PLACE, "secret-one")).toEqual({ place: "acme/checkout: AI_API_PROD" });
    expect(github.opened("/repos/acme/checkout/actions/secrets/AI_API_PROD")).toBe("secret-one");
    expect(github.requests.map(({ text }) => text).join()).not.toContain("secret-one");
  });

  it("gets the secret of an environment", async () => {
    const { github, sink } = await opened({ repository: "acme/shop", environment: "{environment}", name: "AI_{key}" });
    expect(await sink.deliver(PLACE, "secret-one")).toEqual({ place: "acme/shop, environment production: AI_API_PROD" });
    expect(github.opened("/repos/acme/shop/environments/production/secrets/AI_API_PROD")).toBe("secret-one");
  });

  it("gets the secret of an organization, for those who may see it", async () => {
    const { github, sink } = await opened({ organization: "acme", name: "AI_{key}" });
    await sink.deliver(PLACE, "secret-one");
    const path = "/orgs/acme/actions/secrets/AI_API_PROD";
    expect(github.opened(path)).toBe("secret-one");
    expect(github.bodyAt(path)).toMatchObject({ visibility: "private" });

    const few = await opened({ organization: "acme", name: "AI_{key}", visibility: "selected", repositoryIds: [42] });
    await few.sink.deliver(PLACE, "secret-one");
    expect(few.github.bodyAt(path)).toMatchObject({ visibility: "selected", selected_repository_ids: [42] });
  });

  it("has no name for a key that would share another one's", () => {
    const environment = operated({ github: { type: "github-actions", repository: "acme/shop", name: "AI_{key}", token: { env: "T" } } });
    const problems = ["api_prod", "API", "a--b"].map((key) => placeProblem("github", placeOf("checkout", key), environment));
    for (const problem of problems) expect(problem).toContain("it must be small letters, digits and single hyphens");
  });

  it("is told whose secret it is, and nothing that does not fit together", () => {
    const problemOf = (settings: Readonly<Record<string, unknown>>) =>
      sinkProblem("github", operated({ github: { type: "github-actions", name: "AI_{key}", token: { env: "T" }, ...settings } }));
    expect(problemOf({})).toContain("github.repository: give repository or organization");
    expect(problemOf({ organization: "acme", environment: "prod" })).toContain("github.environment: is of a repository");
    expect(problemOf({ repository: "acme/shop", visibility: "all" })).toContain("github.visibility: is of secrets of an organization");
    expect(problemOf({ organization: "acme", visibility: "selected" })).toContain("github.repositoryIds: goes with visibility: selected");
    expect(problemOf({ repository: "acme/../x" })).toContain("github.repository: must be");
    expect(problemOf({ repository: "acme/shop" })).toBeUndefined();
  });
});

async function opened(settings: Readonly<Record<string, unknown>>): Promise<{ readonly github: FakeGithub; readonly sink: Sink }> {
  const github = await startGithub();
  onTestFinished(github.close);
  const written = { type: "github-actions", api: github.url, token: { env: "KEYS_TOKEN" }, ...settings };
  return { github, sink: await openSink("github", operated({ github: written }, { KEYS_TOKEN: GITHUB_TOKEN })) };
}
