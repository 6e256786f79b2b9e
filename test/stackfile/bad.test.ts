import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT, exitCodeOfMessage } from "../../provider/errors.js";
import { loadStack, renderProblem, StackProblems } from "../../provider/stackfile/index.js";

const BAD = join(import.meta.dirname, "bad");
const SHOWN = "test/stackfile/bad/";
const names = readdirSync(BAD).filter((name) => !name.endsWith(".errors.txt"));

/** What loading has to say, one problem a line. */
function problemsOf(path: string): readonly string[] {
  return thrownBy(path).problems.map(renderProblem);
}

function thrownBy(path: string): StackProblems {
  try {
    loadStack(path);
  } catch (error) {
    if (error instanceof StackProblems) return error;
    throw error;
  }
  throw new Error(`${path} was accepted`);
}

function temporary(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), "stack-")), name);
  writeFileSync(path, content);
  return path;
}

describe("a bad stack tells every problem with its place", () => {
  it.each(names)("%s", async (name) => {
    const lines = problemsOf(join(SHOWN, name)).map((line) => line.replaceAll(SHOWN, ""));
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(join(BAD, `${name.replace(/\.yaml$/, "")}.errors.txt`));
  });

  it.each(names)("%s never shows a secret", (name) => {
    expect(thrownBy(join(SHOWN, name)).message).not.toContain("hunter2");
  });
});

describe("the error of a bad stack", () => {
  it("is one line a problem, and ends a command with exit code 2, also through the engine", () => {
    const error = thrownBy(join(SHOWN, "wrong-date.yaml"));
    expect(error.message.split("\n").slice(0, -1)).toEqual(error.problems.map(renderProblem));
    expect([error.exitCode, exitCodeOfMessage(error.message)]).toEqual([EXIT.invalid, EXIT.invalid]);
  });
});

describe("a file that is no text of a stack", () => {
  it("is refused by its size without being parsed", () => {
    const path = temporary("gatehouse.yaml", `a: "\n${"[".repeat(5_000_000)}`);
    expect(problemsOf(path)).toEqual([expect.stringContaining(":1:1: has 5000005 bytes, more than the 1000000 a stack file may have: ")]);
  });

  it("is refused when it is not UTF-8", () => {
    expect(problemsOf(temporary("gatehouse.yaml", Uint8Array.from([0x6e, 0x3a, 0xff, 0xfe])))).toEqual([
      expect.stringContaining("is not UTF-8 text: save it as UTF-8"),
    ]);
  });

  it("is refused when it is nested without end", () => {
    expect(problemsOf(temporary("gatehouse.yaml", `name: ${"[".repeat(200_000)}`))).toEqual([expect.stringContaining("nested too deeply")]);
  });

  it("is refused when its lists are nested without brackets and without end", () => {
    expect(problemsOf(temporary("gatehouse.yaml", "- ".repeat(100_000)))).toEqual([expect.stringContaining("nested too deeply")]);
  });

  it("may begin with a byte order mark", () => {
    expect(loadStack(temporary("gatehouse.yaml", "\ufeffname: acme\n")).name).toBe("acme");
  });
});

describe("a path that leads to no stack", () => {
  it("says what should be there", () => {
    expect(problemsOf("no/such/stack")).toEqual(["no/such/stack:1:1: does not exist: give a stack file, or a folder with gatehouse.yaml"]);
    const empty = mkdtempSync(join(tmpdir(), "empty-"));
    mkdirSync(join(empty, "gatehouse.yaml"));
    expect(problemsOf(empty)).toEqual([expect.stringContaining("has no gatehouse.yaml")]);
  });
});
