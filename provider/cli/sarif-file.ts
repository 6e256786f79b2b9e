import { relative } from "node:path";
import { GATES } from "../gates/index.js";
import { RULES } from "../policies/rules/index.js";
import type { PlacedJudgement } from "../report/placed-gates.js";
import { sarifOf } from "../report/sarif.js";
import type { ToldViolation } from "../report/violations.js";
import { declarationFile } from "./declaration-file.js";
import { writeOutput } from "./output-files.js";
import { version } from "./version.js";

/** What guardrails and gates found. */
interface Found {
  readonly violations: readonly ToldViolation[];
  readonly gates?: PlacedJudgement;
}

/** Writes what was found in a stack as SARIF where a file is named. */
export function writeSarif(file: string | undefined, stackPath: string, { violations, gates = { closed: [], opened: [] } }: Found): void {
  if (file === undefined) return;
  const declaration = relative(process.cwd(), declarationFile(stackPath) ?? stackPath);
  const sarif = sarifOf({ violations, gates, rules: RULES, everyGate: GATES, file: declaration, version: version() });
  writeOutput(file, `${JSON.stringify(sarif, null, 2)}\n`);
}
