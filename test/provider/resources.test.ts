import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as gatehouse from "../../provider/index.js";
import { KIND_LIST } from "../../schema/kinds/index.js";
import { inDays } from "../support/in-days.js";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** What a program registers at the engine, without one. */
describe("in a program", () => {
  let registered: Registered[] = [];

  beforeAll(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ type, name, inputs, id }) => {
        registered.push({ type, name, inputs });
        return { id: id || `${name}-id`, state: inputs };
      },
      call: () => ({}),
    });
  });
  beforeEach(() => {
    registered = [];
  });

  const settled = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => void output.apply((value) => resolve(value)));
  const inputsOf = (name: string) => registered.find((one) => one.name === name)?.inputs;

  it("there is a class for each kind, under the kind's own name", () => {
    for (const { name } of KIND_LIST) expect(Object.hasOwn(gatehouse, name)).toBe(true);
  });

  it("a resource goes by its kind's type, with the constant text of its provider", async () => {
    const project = new gatehouse.Project("checkout", { name: "Checkout AI", slug: "checkout" });
    expect(await settled(project.id)).toBe("checkout-id");
    expect(gatehouse.Project.isInstance(project)).toBe(true);
    expect(gatehouse.ApiKey.isInstance(project)).toBe(false);
    expect(registered).toMatchObject([
      {
        type: "pulumi-nodejs:dynamic/gatehouse:Project",
        inputs: { name: "Checkout AI", slug: "checkout", __provider: expect.stringContaining("pulumi-gatehouse/dynamic") },
      },
    ]);
  });

  it("a secret given by value is a secret of the engine, one given by reference travels as the reference", async () => {
    const byValue = new gatehouse.OrganizationMember("ada", { user: "ada@acme.example", role: "admin", initialPassword: "correct horse" });
    const reference = { env: "GATEHOUSE_BEA_PASSWORD", version: 1 };
    const byReference = new gatehouse.OrganizationMember("bea", { user: "bea@acme.example", role: "admin", initialPassword: reference });
    expect(await pulumi.isSecret(byValue.initialPassword as pulumi.Output<string>)).toBe(true);
    await settled(byReference.id);
    expect(inputsOf("bea")?.initialPassword).toEqual(reference);
  });

  it("a control plane takes plain values only, and records what the stack belongs to by its declared address", async () => {
    const url = pulumi.output("http://127.0.0.1:8787") as unknown as string;
    expect(() => new gatehouse.ControlPlane("main", { system: "gatehouse", url })).toThrow(/takes plain values, and url is an Output/);

    process.env.GATEHOUSE_URL = "http://127.0.0.1:1";
    try {
      const plane = new gatehouse.ControlPlane("main", { system: "gatehouse", url: "http://127.0.0.1:8787/base" });
      await settled(plane.urn);
      await expect.poll(() => inputsOf("main-identity")).toMatchObject({ system: "gatehouse", origin: "http://127.0.0.1:8787" });
      expect(JSON.stringify(registered)).not.toContain('127.0.0.1:1"');
    } finally {
      delete process.env.GATEHOUSE_URL;
    }
  });

  it("a stack file's objects go by their paths, and refer to each other by id", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "stack-")), "gatehouse.yaml");
    writeFileSync(path, "name: acme\nprojects: { checkout: { name: Checkout AI, keys: { billing: { monthlyUsd: 5 } } } }\n");
    const stack = new gatehouse.StackFile("acme", { path });
    expect(stack.name).toBe("acme");
    expect(Object.keys(stack.resources)).toEqual(["projects/checkout", "projects/checkout/keys/billing"]);
    await expect.poll(() => inputsOf("projects/checkout/keys/billing")).toMatchObject({ name: "billing", project: "projects/checkout-id" });
  });

  it("a stack file lets undeclared objects go or stay by the rules that are in force today", async () => {
    const rules = (...ends: string[]) => `[${ends.map((until) => `{ match: "${until}", reason: Known, until: ${until} }`).join(", ")}]`;
    const [yesterday, today] = [inDays(-1), inDays(0)];
    const path = join(mkdtempSync(join(tmpdir(), "rules-")), "gatehouse.yaml");
    const text = `name: acme
controlPlane: { system: gatehouse, url: "http://127.0.0.1:8787" }
members: { $exclusive: true, $ignore: ${rules(yesterday, today)} }
keys: { $remove: ${rules(yesterday, today)}, $ignore: ${rules(yesterday)} }
models: { $remove: ${rules(yesterday)} }
`;
    writeFileSync(path, text);
    new gatehouse.StackFile("acme", { path });
    await pulumi.runtime.disconnect();
    const collections = registered.filter(({ type }) => type.endsWith(":ExclusiveCollection"));
    expect(collections.map(({ name, inputs: { ignore, only } }) => [name, ignore, only])).toEqual([
      ["members/$exclusive", [today], undefined],
      ["keys/$remove", [], [today]],
    ]);
  });

  it("a stack file with problems registers nothing and names them all", () => {
    const path = join(mkdtempSync(join(tmpdir(), "stack-")), "gatehouse.yaml");
    writeFileSync(path, "name: acme\nprojects: { checkout: { nme: Checkout AI } }\n");
    expect(() => new gatehouse.StackFile("acme", { path })).toThrow(/did you mean `name`/);
    expect(registered).toEqual([]);
  });
});
