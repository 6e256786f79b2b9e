import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HEAD, type Scenario, startScenario } from "./scenario.js";

/** Each test goes on where the one before ended. */
describe("objects that change hands, names or identity", { timeout: 120_000 }, () => {
  let scenario: Scenario;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    scenario = await startScenario(HEAD);
    for (const slug of ["shop", "blog"]) {
      const { body } = await scenario.server.api("POST", "/v1/projects", { name: `${slug} by hand`, slug });
      ids[slug] = body.id;
    }
  }, 60_000);
  afterAll(async () => scenario?.[Symbol.asyncDispose]());

  const project = async (slug: string) => scenario.object("/v1/projects", "slug", slug);

  it("an object that exists is not taken over: up fails, names it and says how", async () => {
    scenario.declare(`${HEAD}projects: { shop: { name: Shop } }`);
    const up = await scenario.run("up", ["--yes", "--json"]);
    expect(up.exitCode).toBe(1);
    expect(up.json<{ failures: object[] }>().failures).toMatchObject([
      { name: "projects/shop", message: expect.stringMatching(/already-exists[\s\S]*adopt: ifExists/) },
    ]);
    expect(await project("shop")).toMatchObject({ id: ids.shop, name: "shop by hand" });
  });

  it("adopt takes existing objects over and creates the missing one", async () => {
    scenario.declare(`${HEAD}projects:
  shop: { name: Shop, adopt: ifExists }
  blog: { name: Blog, adopt: require, onDelete: delete }
  wiki: { name: Wiki }
  cafe: { name: Cafe, adopt: ifExists }
`);
    const up = await scenario.up();
    expect(up.stderr).toContain("adopted Project projects/shop");
    expect(await project("shop")).toMatchObject({ id: ids.shop, name: "Shop" });
    expect(await project("blog")).toMatchObject({ id: ids.blog, name: "Blog" });
    ids.wiki = (await project("wiki")).id;
    ids.cafe = (await project("cafe")).id;
  });

  it("renamedFrom keeps the object; a changed immutable property replaces it, the old one first, for it has the same name", async () => {
    scenario.declare(`${HEAD}projects:
  shop: { name: Shop, adopt: ifExists }
  blog: { name: Blog, adopt: require, onDelete: delete }
  handbook: { name: Wiki, slug: wiki, renamedFrom: projects/wiki }
  cafe: { name: Cafe, slug: coffee, adopt: ifExists }
`);
    const preview = await scenario.run("preview");
    expect(preview.stdout).toContain("± replace Project projects/cafe: slug cannot be changed in place");
    expect(preview.stdout).toContain("Plan: 1 to replace.");
    await scenario.up();
    expect((await project("wiki")).id).toBe(ids.wiki);
    const coffee = await project("coffee");
    expect(coffee).toMatchObject({ name: "Cafe" });
    expect(coffee.id).not.toBe(ids.cafe);
    expect((await scenario.run("preview", ["--expect-no-changes"])).exitCode).toBe(0);
  });

  it("destroy releases what was adopted, deletes what was created and what says onDelete: delete", async () => {
    const destroy = await scenario.destroy();
    expect(destroy).toMatchObject({ exitCode: 0, stdout: "acme/dev: 4 deleted, 1 released.\n" });
    expect(destroy.stderr).toContain("released Project projects/shop");
    const left = await scenario.objects("/v1/projects");
    expect(left.map(({ slug }) => slug).toSorted()).toEqual(["default", "shop"]);
  });
});
