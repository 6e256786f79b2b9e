import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSink, placeProblem, SINK_TYPES, sinkNames, sinkProblem } from "../../provider/sinks/index.js";
import { placeOf } from "./conformance.js";
import { operated } from "./operated.js";

const GOOD = { type: "file", folder: "/keys", path: "{project}/{key}" };

describe("the sink types", () => {
  it("are one for each file in their folder", () => {
    const files = readdirSync(join(import.meta.dirname, "../../provider/sinks/types")).map((name) => name.replace(/\.ts$/, ""));
    expect(SINK_TYPES.map(({ type }) => type).toSorted()).toEqual(files.toSorted());
  });
});

describe("the operator's file", () => {
  it("names the sinks, whether they are right or not", () => {
    expect(sinkNames(operated({ files: GOOD, broken: { type: "nothing" } }))).toEqual(["files", "broken"]);
    expect(sinkNames({})).toEqual([]);
  });

  it("has nothing against a sink that is right, whatever is wrong with another", () => {
    expect(sinkProblem("files", operated({ files: GOOD, broken: { type: "nothing" } }))).toBeUndefined();
  });

  it("is missed by name where nothing names it", () => {
    expect(sinkProblem("files", {})).toContain("GATEHOUSE_SINKS, which names the operator's file of sinks, is not set");
    expect(sinkProblem("files", { GATEHOUSE_SINKS: "/nowhere/sinks.yaml" })).toContain("cannot be read (ENOENT)");
    expect(sinkProblem("files", { GATEHOUSE_SINKS: "sinks.yaml" })).toContain("is no absolute path");
  });

  it("is not believed where everybody may write it", () => {
    const environment = operated({ files: GOOD });
    chmodSync(String(environment.GATEHOUSE_SINKS), 0o666);
    expect(sinkProblem("files", environment)).toContain("run chmod o-w on it");
  });

  it("offers the sink that was probably meant, or all", () => {
    const environment = operated({ "vault-prod": GOOD, files: GOOD });
    expect(sinkProblem("vault-prd", environment)).toContain("sets up no sink `vault-prd`: did you mean `vault-prod`?");
    expect(sinkProblem("elsewhere", environment)).toContain("there are vault-prod, files");
  });

  it("tells everything that is wrong with a sink at once, each with its place and what would be right", () => {
    const text = "files:\n  type: file\n  foldr: /keys\n  path: ../{project}{kay}\n";
    const environment = operated(text);
    const lines = String(sinkProblem("files", environment)).replaceAll(`${environment.GATEHOUSE_SINKS}`, "sinks.yaml").split("\n");
    expect(lines).toEqual([
      "sinks.yaml:1:1: files.folder: is missing: give an absolute path",
      "sinks.yaml:3:3: files.foldr: is not known here: did you mean `folder`?",
      expect.stringMatching(
        /^sinks\.yaml:4:9: files\.path: must be a text in which \{controlPlane\}, \{project\}, \{key\}, \{environment\} may/,
      ),
    ]);
  });

  it("names the types there are when one is unknown or missing", () => {
    expect(sinkProblem("files", operated({ files: { ...GOOD, type: "fil" } }))).toMatch(
      /:2:9: files\.type: must be one of .*file.*did you mean `file`\?/,
    );
    expect(sinkProblem("files", operated({ files: { folder: "/keys" } }))).toMatch(/files\.type: is missing: must be one of/);
    expect(sinkProblem("files", operated("files: yes please\n"))).toContain("must be a mapping that begins with `type:`");
  });

  it.each([
    ["", "is empty: write a sink"],
    ["- files", "must be a mapping of names to sinks"],
    ["files: {\n", "is not valid YAML"],
    ["Files: {type: file, folder: /keys, path: a}\n", "must be named in small letters"],
  ])("is refused as %j", (text, told) => {
    expect(sinkProblem("Files", operated(text))).toContain(told);
  });

  it("is what a sink is opened by", async () => {
    await expect(openSink("files", operated({ files: { ...GOOD, path: "/etc" } }))).rejects.toThrow(/\[gatehouse:invalid-input\]/);
  });
});

describe("the file of sinks in the README", () => {
  it("is right as it stands", () => {
    const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
    const yaml = /^### Handing keys over$.*?^```yaml$(.*?)^```$/ms.exec(readme)?.[1] ?? "";
    const environment = operated(yaml);
    expect(sinkNames(environment).length).toBeGreaterThanOrEqual(4);
    expect(sinkNames(environment).flatMap((name) => sinkProblem(name, environment) ?? [])).toEqual([]);
  });
});

describe("a key", () => {
  it("has a place, or is told by which of its names it has none", () => {
    const environment = operated({ files: GOOD });
    expect(placeProblem("files", placeOf("checkout", "api"), environment)).toBeUndefined();
    const problem = placeProblem("files", placeOf("checkout", "../api"), environment);
    expect(problem).toContain('the name of the key "../api" cannot stand in `{project}/{key}`: it must be letters, digits');
  });

  it("has its place by the template that holds when the operator wrote none", () => {
    const environment = operated({ vault: { type: "azure-key-vault", vaultUrl: "https://acme-ai.vault.azure.net" } });
    expect(placeProblem("vault", placeOf("checkout", "Checkout prod"), environment)).toBeUndefined();
    expect(placeProblem("vault", placeOf("checkout", "a/b"), environment)).toContain('"a/b" cannot stand in `gatehouse--{project}--{key}`');
    expect(placeProblem("vault", placeOf("c".repeat(63), "k".repeat(100)), environment)).toContain(
      "has 176 characters, and 127 are the most",
    );
  });
});
