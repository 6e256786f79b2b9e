import { readFileSync } from "node:fs";
import { EXIT, type ExitCode } from "../../errors.js";
import type { Console } from "../console.js";

/** `gatehouse schema`: the JSON Schema of the stack file, as it is generated from the kinds. */
export function schema(console: Console): ExitCode {
  console.result(readFileSync(new URL("../../../../schema/stackfile.schema.json", import.meta.url), "utf8").trimEnd());
  return EXIT.fine;
}
