import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { askForConfirmations } from "../../provider/cli/ask-for-confirmations.js";
import { secretVariable } from "../../provider/dashboard/secret-variable.js";
import { personStep } from "../../provider/lifecycle/person-step.js";
import { Session } from "../../provider/lifecycle/session.js";
import { KINDS } from "../../schema/kinds/index.js";
import { gatehouse } from "../support/gatehouse.js";
import { Desk } from "./checklist-desk.js";

const MAIN = fileURLToPath(new URL("../../dist/provider/cli/main.js", import.meta.url));
const KEY_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const SECRET = "fl_typed-and-never-shown";

/** Types an answer whenever a prompt is shown, in this order. Answers everything that was shown. */
class Typist {
  shown = "";
  readonly #answers: [prompt: string, answer: string][];
  readonly #type: (line: string) => void;
  #seen = 0;

  constructor(answers: [prompt: string, answer: string][], type: (line: string) => void) {
    this.#answers = answers;
    this.#type = type;
  }

  read(text: string): void {
    this.shown += text;
    const [next] = this.#answers;
    const at = next === undefined ? -1 : this.shown.indexOf(next[0], this.#seen);
    if (next === undefined || at < 0) return;
    this.#seen = at + next[0].length;
    this.#answers.shift();
    this.#type(next[1]);
  }
}

const DIALOGUE: [string, string][] = [
  ["Who are you (name or e-mail)? ", "ada@acme.example"],
  ["Done exactly so? [y/N] ", "y"],
  ["Its id: ", "checkout-dev"],
  ["must be a UUID like 0d2f6f0a-8a3b-4b8e-9a53-6f0d6c8a1b2c", ""],
  ["Its id: ", KEY_ID],
  ["not echoed; empty: it stays outside): ", SECRET],
];

/** A terminal can only be had of a program that makes one. */
const TERMINAL = "script";
const hasTerminals = spawnSync(TERMINAL, ["--version"]).status === 0;

describe("gatehouse confirm on a terminal", { timeout: 120_000 }, () => {
  it.skipIf(!hasTerminals)("asks for each step, takes the secret without echo, and applies what is confirmed", async () => {
    const desk = new Desk(
      "name: acme\ncontrolPlane: { system: floopy, transport: dashboard }\nkeys: { checkout-dev: { environment: development } }\n",
    );
    const { CI: _unset, ...env } = process.env;
    const command = [process.execPath, MAIN, "confirm", desk.folder].map((word) => `'${word}'`).join(" ");
    const child = spawn(TERMINAL, ["--quiet", "--return", "--command", command, "/dev/null"], { env });
    const typist = new Typist([...DIALOGUE.filter(([, answer]) => answer !== "")], (line) => child.stdin.write(`${line}\r`));
    child.stdout.setEncoding("utf8").on("data", (text: string) => typist.read(text));
    const exitCode = await new Promise((resolve) => child.once("close", resolve));

    expect({ exitCode, shown: typist.shown }).toMatchObject({ exitCode: 0, shown: expect.stringContaining("acme/dev: 1 created.") });
    expect(typist.shown).toContain("Secret: shown once: copy it");
    expect(typist.shown).toContain("id checkout-dev has the wrong form");
    expect(typist.shown).not.toContain(SECRET);
    expect(desk.recorded).toContain(`id: "${KEY_ID}"`);
    expect(desk.recorded).not.toContain(SECRET);
    const file = join(desk.folder, "..", "typed.token");
    expect((await gatehouse(["secret", desk.folder, "checkout-dev", "--to", file])).exitCode).toBe(0);
    expect(readFileSync(file, "utf8").trim()).toBe(SECRET);
  });
});

describe("a person who is asked for confirmations", () => {
  const session = new Session({ name: "main", system: "floopy", transport: "dashboard" }, {});
  const key = (name: string) => {
    const step = personStep(session, session.kind(KINDS.ApiKey), { operation: "create", inputs: { name } });
    if (step === undefined) throw new Error("nobody is needed");
    return step;
  };

  async function asked(answers: [string, string][], names: readonly string[]) {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = new PassThrough({ encoding: "utf8" });
    const typist = new Typist([...answers], (line) => input.write(`${line}\r`));
    output.on("data", (text: string) => typist.read(text));
    const given = await askForConfirmations(names.map(key), [], { input, output });
    return { given, shown: typist.shown };
  }

  it("confirms what was done and nothing else, and hands the secret to this run alone", async () => {
    const variable = secretVariable(key("two"));
    const answers: [string, string][] = [
      ["Who are you", "ada"],
      ["Done exactly so? [y/N] ", "n"],
      ["Done exactly so? [y/N] ", "yes"],
      ["Its id: ", KEY_ID],
      ["not echoed; empty: it stays outside): ", SECRET],
    ];
    const { given, shown } = await asked(answers, ["one", "two"]);
    expect(given).toEqual([{ step: "main:create:ApiKey:two", digest: key("two").digest, id: KEY_ID, by: "ada", at: expect.any(String) }]);
    expect(shown).not.toContain(SECRET);
    expect(process.env[variable]).toBe(SECRET);
    delete process.env[variable];
  });

  it("must say who it is", async () => {
    await expect(asked([["Who are you", ""]], ["one"])).rejects.toThrow("needs the name of whoever gives it");
  });
});
