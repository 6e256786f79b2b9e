import { writeFileSync } from "node:fs";
import { RULES } from "../policies/rules/index.js";
import { sarifOf } from "../report/sarif.js";
import type { ToldViolation } from "../report/violations.js";
import { version } from "./version.js";

/** Writes findings as SARIF where a file is named. */
export function writeSarif(file: string | undefined, violations: readonly ToldViolation[]): void {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(sarifOf(violations, RULES, version()), null, 2)}\n`);
}
