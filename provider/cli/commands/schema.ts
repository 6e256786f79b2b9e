import { readFileSync } from "node:fs";
import { EXIT, type ExitCode } from "../../errors.js";
import type { CommandLine } from "../command-line.js";
import { type Console, standardConsole } from "../console.js";

/** `gatehouse schema`: the JSON Schema of the stack file, as it is generated from the kinds. */
function schema(console: Console): ExitCode {
  console.result(readFileSync(new URL("../../../../schema/stackfile.schema.json", import.meta.url), "utf8").trimEnd());
  return EXIT.fine;
}

export const schemaCommand: CommandLine = {
  name: "schema",
  summary: "print the JSON Schema of the stack file",
  arguments: [],
  options: [],
  run: () => schema(standardConsole(false)),
};
