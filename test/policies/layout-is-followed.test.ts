import { describe, expect, it } from "vitest";
import { layoutIsFollowed } from "../../provider/policies/rules/layout-is-followed.js";
import { ruleCases, told } from "./support/rule-cases.js";
import { viewOf } from "./support/view.js";

ruleCases(layoutIsFollowed, {
  governance: "layout: perProduct",
  passes: `projects:
  checkout: { name: Checkout, keys: { checkout-prod: { environment: production }, checkout-dev: { environment: development } } }
  dev-tools: { name: Dev tools, environment: production }`,
  fails: "projects: { shop: { name: Checkout (prod) } }",
  message:
    "Project projects/shop (name) stands for an environment (production), and no project does in the chosen layout. Costs, access and incidents can be read off the list of projects only while every project stands for the same sort of thing. Make one project, with a key for each environment (`keys: { checkout-prod: { environment: production } }`).",
  unknown: ["projects/shop#name"],
});

const judged = (layout: string, projects: string, system?: string, unknown?: readonly string[]) =>
  told(layoutIsFollowed, viewOf(`projects:\n${projects}\ngovernance: { layout: ${layout} }`, system, unknown)).map(
    (text) => text.split(". Costs, ")[0],
  );

describe("layout-is-followed", () => {
  it("judges nothing where no layout is chosen", () => {
    expect(told(layoutIsFollowed, viewOf("projects: { checkout-prod: { name: Checkout prod }, other: { name: Other } }"))).toEqual([]);
  });

  describe("perEnvironment (A-11, A-21, O-28)", () => {
    const of = (projects: string, system?: string, unknown?: readonly string[]) => judged("perEnvironment", projects, system, unknown);

    it("takes the environment from the project or from its name", () => {
      expect(of("  production: { name: Production }\n  live-2: { name: Shop, environment: staging }\n  ci: { name: CI }")).toEqual([]);
      expect(of("  checkout: { name: Checkout }")).toEqual([
        "mandatory: Project projects/checkout (environment) stands for no environment, and the layout is a project for each",
      ]);
      expect(of("  checkout: { name: Checkout, environment: other }", "gatehouse", ["projects/checkout#environment"])).toEqual([]);
    });

    it("keeps the keys of other environments out", () => {
      expect(
        of(
          "  staging: { name: Staging, environment: staging, keys: { a: { environment: production }, b: { environment: staging }, c: {} } }",
        ),
      ).toEqual(["mandatory: ApiKey projects/staging/keys/a (environment) is a key for production in the project of staging"]);
    });

    it("advises a project of staging beside production (O-03)", () => {
      expect(of("  production: { name: Production }")).toEqual([
        "advisory: Project projects/production has no project of staging beside it",
      ]);
      expect(
        of("  production: { name: Production }\n  pre: { name: Pre, environment: other }", "gatehouse", ["projects/pre#environment"]),
      ).toEqual([]);
    });

    it("does not take a project with several environments (Q-33)", () => {
      const project =
        "  qa: { name: Shop QA, environments: { a: { baseUrl: https://a.acme.example }, b: { baseUrl: https://b.acme.example } } }";
      expect(of(project, "qodex")).toEqual([
        "mandatory: Project projects/qa holds 2 environments (a, b), and the layout is a project for each",
      ]);
      expect(judged("perProduct", project.replaceAll("qa:", "shop:").replace("Shop QA", "Shop"), "qodex")).toEqual([]);
    });
  });

  describe("perProduct (F-50, A-22)", () => {
    it.each(["checkout-staging", "checkout-dev", "production"])("does not take a project called %s", (name) => {
      expect(judged("perProduct", `  ${name}: { name: Checkout }`, "floopy")).toHaveLength(1);
    });

    it("leaves archived projects and Default alone", () => {
      expect(judged("perProduct", "  checkout-dev: { name: Old dev, status: archived }\n  default: { name: Default }")).toEqual([]);
    });
  });

  describe.each([
    ["perTeam", "team"],
    ["perClient", "client"],
  ])("%s (A-10, A-23, Q-34)", (layout, word) => {
    const of = (projects: string, system?: string, unknown?: readonly string[]) => judged(layout, projects, system, unknown);

    it("takes one project for each, and the organization's own", () => {
      expect(
        of(
          `  a: { name: A, labels: [${word}-birch, blue] }\n  b: { name: B, labels: ["${word}:cedar"] }\n  c: { name: C, labels: [internal] }\n  d: { name: D, labels: [internal] }`,
        ),
      ).toEqual([]);
    });

    it("tells a project that is nobody's, one that is shared, and a second one", () => {
      expect(
        of(
          `  a: { name: A, labels: [blue] }\n  b: { name: B, labels: [${word}-birch, ${word}-cedar] }\n  c: { name: C, labels: [${word}-elm] }\n  d: { name: D, labels: [${word}-Elm] }`,
        ),
      ).toEqual([
        `mandatory: Project projects/a (labels) does not say which ${word} it is for`,
        `mandatory: Project projects/b (labels) is shared by ${word}-birch and ${word}-cedar`,
        `mandatory: Project projects/d (labels) is for ${word}-elm, as projects/c is`,
      ]);
    });

    it("keeps keys for others out", () => {
      expect(
        of(`  a: { name: A, labels: [${word}-birch], keys: { k: { labels: [${word}-cedar] }, l: { labels: [${word}-birch] }, m: {} } }`),
      ).toEqual([`mandatory: ApiKey projects/a/keys/k (labels) is a key for ${word}-cedar in the project for ${word}-birch`]);
    });

    it("waits for unknown labels, and judges names alone where a system has no labels", () => {
      expect(of("  a: { name: A, labels: [blue] }", "gatehouse", ["projects/a#labels"])).toEqual([]);
      expect(of("  a: { name: A }", "floopy")).toEqual([]);
      expect(of("  a-prod: { name: A }", "floopy")).toHaveLength(1);
    });
  });

  it.each(["perProduct", "perEnvironment"])(
    "wants one project for an app, found by its address, in the layout %s (Q-30, Q-31, Q-32, Q-35)",
    (layout) => {
      const projects = (
        path: string,
      ) => `  shop-staging: { name: Shop staging, environments: { web: { baseUrl: https://shop.acme.example } } }
  chat-staging: { name: Chat staging, environments: { web: { baseUrl: "${path}" } } }`;
      const told = (address: string) => judged(layout, projects(address), "qodex").filter((text) => text?.includes("baseUrl"));
      expect(told("https://shop.acme.example/chat")).toEqual([
        "mandatory: Environment projects/shop-staging/environments/web (baseUrl) is at https://shop.acme.example, the app of projects/chat-staging, which has a project already",
      ]);
      expect(told("https://chat.acme.example")).toEqual([]);
    },
  );
});
