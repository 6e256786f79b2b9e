import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyExample } from "../support/copy-example.js";

const IDENTITY = [
  "-c",
  "user.name=Ada",
  "-c",
  "user.email=ada@acme.example",
  "-c",
  "init.defaultBranch=main",
  "-c",
  "commit.gpgsign=false",
];

/** A bare repository whose `main` holds an example, and a clone of it that a person works in. */
export class GitRepository {
  readonly bare: string;
  readonly #work: string;

  constructor(example: string) {
    const folder = mkdtempSync(join(tmpdir(), "git-"));
    this.bare = join(folder, "origin.git");
    this.#work = join(folder, "work");
    git(folder, "init", "--quiet", "--bare", this.bare);
    git(folder, "clone", "--quiet", this.bare, this.#work);
    git(this.#work, "checkout", "--quiet", "-b", "main");
    copyExample(example, this.#work);
    this.#commit("main", "Start");
  }

  /** Pushes a branch on which one text of the stack file is another one. Answers its commit. */
  propose(branch: string, before: string, after: string): string {
    git(this.#work, "checkout", "--quiet", "-b", branch, "main");
    const file = join(this.#work, "gatehouse.yaml");
    const text = readFileSync(file, "utf8");
    if (!text.includes(before)) throw new Error(`the stack file does not hold ${before}`);
    writeFileSync(file, text.replace(before, after));
    return this.#commit(branch, `Change ${before} to ${after}`);
  }

  /** Merges a branch into `main` with a merge commit, as the platforms do. Answers that. */
  merge(branch: string): string {
    git(this.#work, "checkout", "--quiet", "main");
    git(this.#work, "merge", "--quiet", "--no-ff", "-m", `Merge ${branch}`, branch);
    git(this.#work, "push", "--quiet", "origin", "main");
    return git(this.#work, "rev-parse", "HEAD");
  }

  /** A fresh clone at a branch, as a job checks it out. */
  checkout(branch: string): string {
    return this.checkoutIn(mkdtempSync(join(tmpdir(), "checkout-")), branch);
  }

  /** The same, below this folder. */
  checkoutIn(parent: string, branch: string): string {
    const folder = join(parent, "repository");
    git(tmpdir(), "clone", "--quiet", "--depth=1", "--branch", branch, `file://${this.bare}`, folder);
    return folder;
  }

  #commit(branch: string, message: string): string {
    git(this.#work, "add", "--all");
    git(this.#work, "commit", "--quiet", "-m", message);
    git(this.#work, "push", "--quiet", "origin", branch);
    return git(this.#work, "rev-parse", "HEAD");
  }
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", [...IDENTITY, ...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}
