/** What users get works: the packed package, installed into an empty folder outside the repository. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { plainPulumi } from "./support/plain-pulumi.js";
import { startTestServer, type TestServer } from "./support/start-server.js";

const REPOSITORY = join(import.meta.dirname, "..");
const TIMEOUT_MS = 180_000;
/** The empty folder, and in it the installed package. */
let folder = "";
let installed = "";

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "package-")));
  installed = join(folder, "node_modules/pulumi-gatehouse");
  const packed = JSON.parse(await run("npm", ["pack", "--json", "--pack-destination", folder], REPOSITORY)) as [{ filename: string }];
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true }));
  const { devDependencies } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
    devDependencies: { typescript: string };
  };
  const wanted = [`./${packed[0].filename}`, `typescript@${devDependencies.typescript}`];
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", ...wanted], folder);
}, TIMEOUT_MS);

describe("the package", () => {
  it("holds what runs, and no test, source or source map", () => {
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((file) => statSync(join(installed, file)).isFile());
    expect(files).toContain("README.md");
    expect(files).toContain("schema/stackfile.schema.json");
    expect(files).toContain("provider/report/report.schema.json");
    expect(files).toContain("provider/policies/pack-folder/PulumiPolicy.yaml");
    expect(
      files.filter(
        (file) =>
          !/\.js$|\.d\.ts$|^[A-Za-z]+(\.md|\.json)?$|^schema\/|^provider\/engine\/pulumi-cli\/go\.(mod|sum)$/.test(file) &&
          !/^provider\/(policies\/pack-folder\/|report\/report\.schema\.json$)/.test(file),
      ),
    ).toEqual([]);
    expect(files.filter((file) => /(^|\/)test\/|\.test\.|\.map$|node_modules/.test(file))).toEqual([]);
  });

  it("names no path of this machine", () => {
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((file) => statSync(join(installed, file)).isFile());
    const named = [realpathSync(REPOSITORY), homedir(), folder];
    expect(files.filter((file) => named.some((path) => readFileSync(join(installed, file), "utf8").includes(path)))).toEqual([]);
  });

  it("imports nothing at run time that it does not depend on", () => {
    const { dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as { dependencies: object };
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
    const imported = files.flatMap((file) =>
      [
        ...readFileSync(join(installed, file), "utf8").matchAll(/^(?:import|export)\b[^;]*?\bfrom "([^."][^"]*)"|^import "([^."][^"]*)"/gm),
      ].map(([, from, alone]) => from ?? alone ?? ""),
    );
    const packages = new Set(imported.filter((name) => !name.startsWith("node:")).map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0]));
    expect(packages.size).toBeGreaterThan(0);
    expect([...packages].filter((name) => name === undefined || !(name in dependencies))).toEqual([]);
  });
});

const PROGRAM = `import * as gatehouse from "pulumi-gatehouse";

const acme = new gatehouse.ControlPlane("acme", {
  system: "gatehouse",
  url: "http://127.0.0.1:8787",
  credentials: { token: { env: "GATEHOUSE_TOKEN" } },
});
const checkout = new gatehouse.Project("checkout", { name: "Checkout AI", slug: "checkout" }, { provider: acme });
const key = new gatehouse.ApiKey(
  "checkout-prod",
  { project: checkout.id, environment: "production", hourlyUsd: 25 },
  { provider: acme },
);
export const slug = checkout.slug;
export const token = key.token; // a Pulumi secret
`;

describe("a TypeScript program with the installed package", () => {
  it.each([
    { what: "a CommonJS project", type: {}, module: "nodenext" },
    { what: "an ES module project", type: { type: "module" }, module: "node16" },
  ])("in $what is checked by tsc and applied by pulumi up", { timeout: TIMEOUT_MS }, async ({ type, module }) => {
    await using server = await startTestServer();
    const compilerOptions = { strict: true, noEmit: true, target: "es2022", module };
    const program = project("program", {
      "Pulumi.yaml": "name: acme\nruntime: nodejs\n",
      "package.json": JSON.stringify({ name: "program", ...type }),
      "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }),
      "index.ts": PROGRAM,
    });
    expect(await run("npx", ["--no-install", "tsc", "-p", "."], program)).toBe("");

    const pulumi = await plainPulumi();
    const plain = async (...args: string[]) => {
      const ran = await pulumi.run(program, args, { GATEHOUSE_URL: server.url, GATEHOUSE_TOKEN: server.token });
      expect(ran.exitCode, ran.output).toBe(0);
      return ran.output;
    };
    await plain("stack", "init", "dev");
    expect(await plain("up", "--yes", "--skip-preview")).toContain("[secret]");
    expect(await keys(server)).toEqual([expect.objectContaining({ name: "checkout-prod", hourlyUsd: 25, status: "active" })]);
    await plain("preview", "--refresh", "--expect-no-changes");
    await plain("destroy", "--yes", "--skip-preview");
    expect(await keys(server)).toEqual([expect.objectContaining({ status: "revoked" })]);
  });
});

const STACK = `name: acme
controlPlane: { system: gatehouse, url: "http://127.0.0.1:8787" }
projects:
  checkout:
    name: Checkout AI
    launch: { owner: ada@acme.example }
    keys: { checkout-dev: { environment: development, hourlyUsd: 25 } }
`;

describe("the command line of the installed package", () => {
  it("applies, previews and destroys a stack file", { timeout: TIMEOUT_MS }, async () => {
    await using server = await startTestServer();
    const stack = project("stack", { "gatehouse.yaml": STACK });
    const gatehouse = (...args: string[]) =>
      run("npx", ["--no-install", "gatehouse", ...args], folder, { GATEHOUSE_URL: server.url, GATEHOUSE_TOKEN: server.token });

    expect(await gatehouse("up", stack, "--yes")).toContain("acme/dev: 2 created.");
    expect(await keys(server)).toEqual([expect.objectContaining({ name: "checkout-dev", hourlyUsd: 25 })]);
    expect(await gatehouse("preview", stack, "--expect-no-changes")).toContain("No changes.");
    expect(await gatehouse("destroy", stack, "--yes")).toContain("acme/dev: 2 deleted.");
  });

  it("prints the JSON Schema of the stack file", async () => {
    const schema: unknown = JSON.parse(await run("npx", ["--no-install", "gatehouse", "schema"], folder));
    expect(schema).toMatchObject({ properties: { controlPlane: expect.anything(), projects: expect.anything() } });
  });
});

/** A folder below the one with the package, so that it is found as in a project of a user. */
function project(name: string, files: Readonly<Record<string, string>>): string {
  const place = mkdtempSync(join(folder, `${name}-`));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
  return place;
}

async function keys(server: TestServer): Promise<unknown> {
  return (await server.api("GET", "/v1/keys")).body.items;
}

/** Standard output of a command that must succeed. */
async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { CI: _unset, ...inherited } = process.env;
  try {
    return (await promisify(execFile)(command, args, { cwd, env: { ...inherited, ...environment }, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}
