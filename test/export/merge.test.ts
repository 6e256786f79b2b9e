import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { adapterOf } from "../../provider/adapters/index.js";
import type { Listed } from "../../provider/export/left-out.js";
import { type Merge, mergeOf } from "../../provider/export/merge.js";
import { type MergedFiles, mergedFiles } from "../../provider/export/merged-files.js";
import { loadStack } from "../../provider/stackfile/index.js";
import { key, listed, model, project } from "./listed.js";

const HEAD = "name: acme\ncontrolPlane: { system: gatehouse }\n";

interface Merged extends MergedFiles {
  readonly merge: Merge;
  text(name: string): string | undefined;
}

interface Options {
  readonly takeLive?: boolean;
  readonly isOneFile?: boolean;
  readonly plane?: string;
}

function merged(texts: Readonly<Record<string, string>>, all: readonly Listed[], options: Options = {}): Merged {
  const { takeLive = false, isOneFile = false, plane = "main" } = options;
  const folder = mkdtempSync(join(tmpdir(), "merged-"));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const stack = loadStack(folder);
  const merge = mergeOf(adapterOf("gatehouse"), stack, plane, all, "2026-11-21");
  const files = Object.entries(texts).map(([name, text]) => ({ name, text }));
  const on = stack.controlPlanes.length > 1 ? plane : undefined;
  const result = mergedFiles(files, merge, { takeLive, isOneFile, on, remarks: () => [] });
  for (const { name, text } of result.files) writeFileSync(join(folder, name), text);
  // Whatever was merged is a good stack.
  loadStack(folder);
  return { ...result, merge, text: (name) => result.files.find((file) => file.name === name)?.text };
}

describe("exporting into a stack that is there", () => {
  test("leaves alone what says already what is there, however it says it", () => {
    const texts = {
      "gatehouse.yaml": `${HEAD}# Mine.\nmembers: {"Ada@acme.example":   {role: owner} }\n`,
      "whatever.yaml":
        "owns: {projects: [shop]}\nprojects:\n    shop: {name: A, slug: a, keys: {ci: {name: CI, environment: development}}}\n",
    };
    const live = [
      listed("OrganizationMember", "m1", { user: "ada@acme.example", role: "owner" }),
      project("p1", "a"),
      key("k1", "CI", { project: "p1" }),
    ];
    expect(merged(texts, live)).toMatchObject({ files: [], byHand: [], merge: { differences: [], missing: [] } });
  });

  test("puts a new project where the others are: into a file of its own, the file that owns it, or the one file", () => {
    const live = [project("p1", "a"), project("p2", "b")];
    const inTeams = { "gatehouse.yaml": HEAD, "x.yaml": "owns: { projects: [a] }\nprojects:\n  a: { name: A }\n" };
    expect(merged(inTeams, live).files.map(({ name }) => name)).toEqual(["b.yaml"]);
    const owned = { ...inTeams, "b.yaml": "owns: { projects: [c] }\n", "y.yaml": "owns: { projects: [b] }\n" };
    expect(merged(owned, live).text("y.yaml")).toBe("owns: { projects: [b] }\nprojects: { b: { name: B, adopt: require } }\n");
    const together = { "gatehouse.yaml": `${HEAD}projects:\n  a: { name: A }\n` };
    expect(merged(together, live).text("gatehouse.yaml")).toBe(`${together["gatehouse.yaml"]}  b: { name: B, adopt: require }\n`);
    const oneFile = { "gatehouse.yaml": HEAD };
    expect(merged(oneFile, live.slice(0, 1), { isOneFile: true }).text("gatehouse.yaml")).toBe(
      `${HEAD}projects: { a: { name: A, adopt: require } }\n`,
    );
    expect(merged(oneFile, live.slice(0, 1)).text("a.yaml")).toContain("adopt: require\nprojects:\n  a: { name: A }\n");
  });

  test("never writes over a file that happens to have the name of a new project", () => {
    const texts = { "gatehouse.yaml": HEAD, "b.yaml": "owns: { projects: [a] }\nprojects:\n  a: { name: A }\n" };
    expect(merged(texts, [project("p1", "a"), project("p2", "b")]).files.map(({ name }) => name)).toEqual(["b-2.yaml"]);
  });

  test("says of what is new that it is there already, unless its file or its collection does", () => {
    const live = [key("k1", "a"), listed("Role", "r1", { name: "auditor", permissions: ["project:read"] })];
    const collection = `${HEAD}keys: { $adopt: ifExists }\nroles: { $adopt: never }\n`;
    expect(merged({ "gatehouse.yaml": collection }, live).text("gatehouse.yaml")).toBe(
      `${HEAD}keys: { $adopt: ifExists, a: { environment: development } }\n` +
        "roles: { $adopt: never, auditor: { permissions: [project:read], adopt: require } }\n",
    );
    const file = `${HEAD}adopt: require\n`;
    expect(merged({ "gatehouse.yaml": file }, live.slice(0, 1)).text("gatehouse.yaml")).toBe(
      `${file}keys: { a: { environment: development } }\n`,
    );
  });

  test("refers to what is declared by the words of the stack, and keeps clear of its keys", () => {
    const declared = `${HEAD}projects:\n  shop: { name: A, slug: a, models: { mine: { name: m, identifier: m, provider: openai } }, keys: { x: { name: y } } }\n`;
    const live = [
      project("p1", "a"),
      model("m1", "m", { project: "p1" }),
      key("k1", "y", { project: "p1", environment: undefined }),
      key("k2", "x", { project: "p1", models: { allowed: ["m"] } }),
    ];
    expect(merged({ "gatehouse.yaml": declared }, live).text("gatehouse.yaml")).toContain(
      "x-2: { name: x, environment: development, models: { allowed: [mine] }, adopt: require }",
    );
  });

  test("leaves out what the stack ignores", () => {
    const texts = { "gatehouse.yaml": `${HEAD}keys: { $ignore: [{ match: "ci-*", reason: made by the pipeline }] }\n` };
    const { files, merge } = merged(texts, [key("k1", "ci-1")]);
    expect(files).toEqual([]);
    expect(merge.added.leftOut).toMatchObject([{ name: "ci-1", why: "is left alone: made by the pipeline" }]);
  });

  test("says on which of several control planes a new thing is", () => {
    const planes = "controlPlanes:\n  main: { system: gatehouse }\n  eu: { system: gatehouse }\n";
    const texts = { "gatehouse.yaml": `name: acme\n${planes}keys: { a: { on: [eu], environment: development } }\n` };
    expect(merged(texts, [key("k1", "a"), key("k2", "b")], { plane: "eu" }).text("gatehouse.yaml")).toContain(
      "b: { environment: development, adopt: require, on: [eu] }",
    );
    expect(merged(texts, [project("p1", "p"), key("k2", "b", { project: "p1" })], { plane: "eu" }).text("p.yaml")).toMatch(
      /p:\n {4}name: P\n {4}on: \[eu\]\n {4}keys:\n {6}b: \{ environment: development \}\n/,
    );
  });
});

describe("what a stack declares otherwise than it is", () => {
  const TEXT = `${HEAD}members:
  ada@acme.example: admin # for now
projects:
  a:
    name: A
    description: Before. # known
    labels: [x]
    grading: { expectedCostUsd: 1, expectedLatencyMs: 5 }
    keys:
      gone: { environment: production }
`;
  const LIVE = [
    listed("OrganizationMember", "m1", { user: "ada@acme.example", role: "owner" }),
    project("p1", "a", { description: "After.", icon: "cart", grading: { expectedCostUsd: 2, expectedLatencyMs: 5 } }),
  ];

  test("is told, property by property, and not written; of what nobody declared nothing is said", () => {
    const { files, merge } = merged({ "gatehouse.yaml": TEXT }, LIVE);
    expect(files).toEqual([]);
    expect(merge.missing).toEqual(["projects.a.keys.gone"]);
    expect(merge.differences.map(({ property, declared, live }) => [property.join("."), declared, live])).toEqual([
      ["role", "admin", "owner"],
      ["description", "Before.", "After."],
      ["labels", ["x"], undefined],
      ["grading.expectedCostUsd", 1, 2],
    ]);
  });

  test("is written in its place where that is asked for, with the comments around it", () => {
    expect(merged({ "gatehouse.yaml": TEXT }, LIVE, { takeLive: true }).text("gatehouse.yaml")).toBe(
      TEXT.replace("admin # for now", "owner # for now")
        .replace("Before.", "After.")
        .replace("    labels: [x]\n", "")
        .replace("expectedCostUsd: 1", "expectedCostUsd: 2"),
    );
  });

  test("is left to a person where it stands behind an alias", () => {
    const texts = { "gatehouse.yaml": `${HEAD}projects:\n  a: &p { name: A, description: Before. }\n  b: *p\n` };
    const live = [project("p1", "a", { description: "After." }), project("p2", "b", { name: "A", description: "Before." })];
    expect(merged(texts, live.slice(0, 1), { takeLive: true }).byHand).toEqual([]);
    const behind = [project("p1", "a", { description: "Before." }), project("p2", "b", { name: "A", description: "After." })];
    expect(merged(texts, behind, { takeLive: true }).byHand).toEqual(["projects/b/description"]);
  });
});
