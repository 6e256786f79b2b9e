import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Console } from "../../provider/cli/console.js";
import { makeFolders, writeOutput } from "../../provider/cli/output-files.js";
import { assertFormats, writeFailure, writeReports } from "../../provider/cli/report-files.js";
import { InvalidInput } from "../../provider/errors.js";
import { ESCALATION } from "../report/render/reports.js";

const folder = () => mkdtempSync(join(tmpdir(), "reports-"));

afterEach(() => void vi.unstubAllEnvs());

function failed(directory: string) {
  const told: string[] = [];
  const progress = (line: string) => void told.push(line);
  writeFileSync(join(directory, "gatehouse.yaml"), "name: acme\n");
  const input = { stackPath: directory, stackName: "dev", console: { progress } as unknown as Console };
  return { told, write: (file: string, error: unknown) => writeFailure([file], input, error) };
}

describe("files of a report", () => {
  it("have the format that their ending names, Code Quality of GitLab among them", () => {
    const directory = folder();
    const file = (name: string) => join(directory, name);
    writeReports([file("a.json"), file("a.codequality.json"), file("a.md")], ESCALATION);
    expect(JSON.parse(readFileSync(file("a.json"), "utf8"))).toMatchObject({ version: 2, verdict: "dangerous" });
    expect(JSON.parse(readFileSync(file("a.codequality.json"), "utf8"))[0]).toMatchObject({
      check_name: "cap-raised",
      location: { path: "projects/checkout.yaml", lines: { begin: 41 } },
    });
    expect(readFileSync(file("a.md"), "utf8")).toMatch(/^## /);
  });

  it("of another ending are invalid input, with the endings there are", () => {
    expect(() => assertFormats(["a.md", "b.foo"])).toThrow(/format of b\.foo \[gatehouse:invalid-input\]\n.*\.codequality\.json, \.json/);
  });

  it("get the folders that they need, and are invalid input where there can be none", () => {
    const directory = folder();
    const file = join(directory, "new/and/newer/report.json");
    makeFolders([file]);
    writeOutput(file, "{}");
    expect(readFileSync(file, "utf8")).toBe("{}");
    expect(() => makeFolders([join(file, "report.json")])).toThrow(InvalidInput);
    expect(() => writeOutput(directory, "{}")).toThrow(/cannot be written \(EISDIR\)/);
  });
});

describe("the failure that a preview leaves in its report", () => {
  it("holds no secret of this process: the job that comments does not know them", () => {
    const directory = folder();
    vi.stubEnv("GATEHOUSE_TOKEN", "gh-the-token");
    vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", "correct horse");
    vi.stubEnv("PULUMI_BACKEND_URL", "postgres://state:s%40lmon@db.example/state");
    const what = "sent gh-the-token, correct horse to postgres://state:s%40lmon@db.example/state, said s@lmon";
    const file = join(directory, "report.json");
    failed(directory).write(file, new InvalidInput({ what }));
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      project: "acme",
      stack: "dev",
      failures: [
        { message: "sent [secret], [secret] to postgres://state:[secret]@db.example/state, said [secret] [gatehouse:invalid-input]" },
      ],
    });
  });

  it("is not hidden by a file that cannot be written", () => {
    const directory = folder();
    const { told, write } = failed(directory);
    const file = join(directory, "report.json");
    mkdirSync(file);
    write(file, new InvalidInput({ what: "the stack is wrong" }));
    expect(told).toEqual([expect.stringContaining("cannot be written (EISDIR)")]);
  });
});
