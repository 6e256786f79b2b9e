/** What holds for every file, by listing the files: nobody has to remember it. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import * as surface from "../provider/index.js";
import { typeToken } from "../provider/provider-string.js";
import * as resources from "../provider/resources.js";
import { KINDS } from "../schema/kinds/index.js";

const REPOSITORY = join(import.meta.dirname, "..");
/** Relative paths of what is, or may be, committed. */
const FILES = git("ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate").filter((file) => !gone().has(file));
const TEXTS = new Map(FILES.map((file) => [file, readFileSync(join(REPOSITORY, file), "utf8")]));

describe("the repository", () => {
  it("has the top level that the design fixes, and nothing else", () => {
    const top = new Set(FILES.map((file) => file.split("/")[0] ?? ""));
    const folders = [".ci", "examples", "provider", "schema", "test"];
    const files = [".gitignore", "LICENSE", "Pulumi.yaml", "README.md", "package-lock.json", "package.json", "tsconfig.json"];
    expect([...top].toSorted()).toEqual([...folders, ...files].toSorted());
  });

  it("names no path of a machine", () => {
    // Put together, so that this file does not name one either.
    const homes = ["home", "Users", "root"].map((folder) => `(?<![\\w.…~-])/${folder}/[\\w.]`);
    const paths = new RegExp([...homes, `${escaped(REPOSITORY)}\\b`].join("|"));
    expect(filesWith(paths)).toEqual([]);
  });

  it("names no package registry", () => {
    expect(
      filesWith(/\b(registry|npm|proxy|goproxy|artifactory|nexus|verdaccio)\.[a-z0-9-]+\.(org|com|io|net|dev|local|internal)\b/),
    ).toEqual([]);
  });

  it("names its source files in kebab-case, after what they hold", () => {
    const sources = FILES.filter((file) => /^(schema|provider|test|examples)\/.*\.(ts|mjs|cjs|js)$/.test(file)).map((file) =>
      basename(file),
    );
    // What AWS and Google call their products says what is held.
    const isNamedWell = (name: string): boolean =>
      /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z-]+)+$/.test(name) && !/(?<!-secrets?-)\b(manager|helpers?|utils?|base|common|misc)\b/.test(name);
    expect(sources.filter((name) => !isNamedWell(name))).toEqual([]);
  });

  it("has no test file without an expectation", () => {
    const tests = [...TEXTS].filter(([file]) => file.endsWith(".test.ts"));
    const counts = tests.map(([file, text]) => ({
      file,
      tests: matches(text, /^\s*(it|test)\b/gm),
      expectations: matches(text, /\bexpect\b/g) - 1,
    }));
    expect(counts.length).toBeGreaterThan(0);
    expect(counts.filter(({ tests, expectations }) => tests === 0 || expectations < 1)).toEqual([]);
  });
});

describe("the public surface of the package", () => {
  it("is the control plane, the stack file and a class for each kind", () => {
    expect(Object.keys(surface).toSorted()).toEqual(["ControlPlane", "StackFile", ...Object.keys(KINDS)].toSorted());
  });

  it("holds a class for every kind that a file in schema/kinds defines", async () => {
    const folder = join(REPOSITORY, "schema/kinds");
    const modules = await Promise.all(
      readdirSync(folder).map(async (file) => (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>),
    );
    const defined = new Set(modules.flatMap((module) => Object.values(module).flatMap(kindName)));
    expect(defined.size).toBeGreaterThan(0);
    const classes = resources as Record<string, { readonly name: string; readonly __pulumiType: string } | undefined>;
    const named = [...defined].map((kind) => [kind, classes[kind]?.name, classes[kind]?.__pulumiType]);
    expect(named).toEqual([...defined].map((kind) => [kind, kind, typeToken(kind)]));
  });
});

function kindName(value: unknown): string[] {
  const isKind = typeof value === "object" && value !== null && "name" in value && "path" in value && "fields" in value;
  return isKind ? [String(value.name)] : [];
}

function filesWith(pattern: RegExp): string[] {
  return [...TEXTS].filter(([, text]) => pattern.test(text)).map(([file, text]) => `${file}: ${pattern.exec(text)?.[0]}`);
}

const matches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Files that were removed from the folder and not yet from version control. */
function gone(): ReadonlySet<string> {
  return new Set(git("ls-files", "--deleted"));
}

function git(...args: readonly string[]): string[] {
  return execFileSync("git", ["-c", "core.quotePath=false", ...args], { cwd: REPOSITORY, encoding: "utf8" })
    .split("\n")
    .filter(Boolean);
}
