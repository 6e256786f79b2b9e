import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Argument, Option } from "commander";
import { revealedField } from "../../../schema/kind.js";
import { KIND_LIST } from "../../../schema/kinds/index.js";
import { EXIT, type ExitCode, InvalidInput } from "../../errors.js";
import { stackCommand } from "../command-line.js";
import type { Console } from "../console.js";
import { openStack } from "../engine-stack.js";
import { objectsIn, type StateResource, stateResources } from "../state.js";
import { targetAt } from "../target.js";

interface SecretInput {
  readonly stackPath: string;
  readonly stackName: string;
  readonly key: string;
  readonly console: Console;
  /** File to write, mode 0600. */
  readonly to: string | undefined;
  /** Command whose standard input is given the secret. */
  readonly command: readonly string[];
}

/** `gatehouse secret STACK KEY`: hands an issued token over to a file or a command. It is never printed. */
async function secret(input: SecretInput): Promise<number> {
  const { to, command, console, key, stackName } = input;
  if ((to === undefined) === (command.length === 0)) {
    throw new InvalidInput({ what: "needs one place to hand the secret to", advice: "Give --to FILE, or -- COMMAND with its arguments." });
  }
  const target = targetAt(input.stackPath);
  const stack = await openStack({ target, stackName, console, whenAbsent: "none", readOnly: true });
  if (!stack)
    throw new InvalidInput({
      subject: `${target.project}/${stackName}`,
      what: "was never applied",
      advice: "Run `gatehouse up` first, or name another --stack.",
    });
  const { name, value } = secretOf(await stateResources(stack, true), key);
  if (to === undefined) return handToCommand(command, value);
  writePrivately(resolve(to), value);
  if (console.asJson) console.json({ command: "secret", stack: stackName, key: name, to });
  else console.result(`The secret of ${name} is in ${to}, readable by you alone.`);
  return EXIT.fine;
}

function secretOf(resources: readonly StateResource[], key: string): { name: string; value: string } {
  const issued = KIND_LIST.flatMap((kind) => {
    const field = revealedField(kind);
    return field === undefined
      ? []
      : objectsIn(resources, kind.name).map(({ name, outputs }) => ({ name, value: plain(outputs?.[field]), delivery: outputs?.delivery }));
  });
  const exact = issued.filter(({ name }) => name === key);
  const matches = exact.length > 0 ? exact : issued.filter(({ name }) => name.endsWith(`/${key}`));
  const [found, other] = matches;
  if (!found || other) {
    const known =
      issued
        .map(({ name }) => name)
        .toSorted()
        .join(", ") || "none";
    throw new InvalidInput({
      subject: key,
      what: other ? "names several keys" : "is no key of this stack",
      advice: `Keys of this stack: ${known}.`,
    });
  }
  const { sink, place, version } = (found.delivery ?? {}) as { readonly sink?: string; readonly place?: string; readonly version?: string };
  if (sink !== undefined) {
    throw new InvalidInput({
      subject: found.name,
      what: `was handed to the sink ${sink} and is nowhere else: ${place}${version === undefined ? "" : `, version ${version}`}`,
      advice: "Read it there, or raise `rotate` to have a new one made and delivered.",
    });
  }
  if (found.value === undefined) {
    throw new InvalidInput({
      subject: found.name,
      what: "was adopted: its secret was never shown to Gatehouse",
      advice: "Raise `rotate` to have a new one made.",
    });
  }
  return { name: found.name, value: found.value };
}

/** A secret as `stack export --show-secrets` writes it: JSON text inside the envelope. */
function plain(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const text = (value as { plaintext?: unknown } | undefined)?.plaintext;
  return typeof text === "string" ? (JSON.parse(text) as string) : undefined;
}

/** Written beside its place and moved there, so that nobody ever reads half of it or finds it with other rights. */
function writePrivately(file: string, value: string): void {
  const temporary = join(dirname(file), `.${randomBytes(8).toString("hex")}.tmp`);
  try {
    writeFileSync(temporary, `${value}\n`, { mode: 0o600, flag: "wx" });
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new InvalidInput({
      subject: file,
      what: "cannot be written",
      advice: "Name a file in a folder that exists and that you may write.",
      cause,
    });
  }
}

function handToCommand([program = "", ...args]: readonly string[], value: string): Promise<ExitCode | number> {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(program, args, { stdio: ["pipe", "inherit", "inherit"] });
    child.once("error", (cause) => reject(new InvalidInput({ subject: program, what: "cannot be started", cause })));
    child.once("close", (code) => resolvePromise(code ?? EXIT.failed));
    // A command that reads no input may close it first; its exit code tells how it went.
    child.stdin.on("error", () => {});
    child.stdin.end(value);
  });
}

export const secretCommand = stackCommand<Pick<SecretInput, "to">, [key: string, command: string[]]>({
  name: "secret",
  summary: "hand an issued token over: into a file, or to a command's standard input",
  arguments: [
    new Argument("<key>", "the key: its path in the stack, or the last part of it"),
    new Argument("[command...]", "after --: the command that is given the secret"),
  ],
  options: [new Option("--to <file>", "file to write, mode 0600")],
  run: (input, key, command) => secret({ ...input, key, command }),
});
