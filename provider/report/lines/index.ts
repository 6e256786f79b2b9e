import type { ReportLine } from "../report.js";
import type { ReportInput } from "../report-input.js";
import { accessLines } from "./access-lines.js";
import { approvalLines } from "./approval-lines.js";
import { archiveLines } from "./archive-lines.js";
import { classLines } from "./class-lines.js";
import { type Context, contextOf } from "./context.js";
import { controlPlaneLines } from "./control-plane-lines.js";
import { deletionLines } from "./deletion-lines.js";
import { endLines } from "./end-lines.js";
import { failureLines } from "./failure-lines.js";
import { findingLines } from "./finding-lines.js";
import { gateLines } from "./gate-lines.js";
import { guardrailLines } from "./guardrail-lines.js";
import { houseLines } from "./house-lines.js";
import { keyLines } from "./key-lines.js";
import { limitLines } from "./limit-lines.js";
import { worstFirst } from "./order.js";
import { reconciliationLines } from "./reconciliation-lines.js";
import { restLines } from "./rest-lines.js";
import { roleLines } from "./role-lines.js";
import { rotationLines } from "./rotation-lines.js";
import { shadowedLines } from "./shadowed-lines.js";
import { signInLines } from "./sign-in-lines.js";
import { type Telling, ToldSoFar } from "./telling.js";

/** What tells something in particular of a change. */
const SECTIONS: readonly ((context: Context) => readonly Telling[])[] = [
  failureLines,
  gateLines,
  guardrailLines,
  approvalLines,
  houseLines,
  reconciliationLines,
  findingLines,
  endLines,
  controlPlaneLines,
  signInLines,
  roleLines,
  archiveLines,
  accessLines,
  classLines,
  keyLines,
  rotationLines,
  limitLines,
];

/** What tells only what nothing before it did. */
const LAST: readonly ((context: Context, told: ToldSoFar) => readonly Telling[])[] = [deletionLines, shadowedLines, restLines];

/** Every line of a report, worst first. `clean` makes a text fit to be shown. */
export function reportLines(input: ReportInput, clean: (text: string) => string): readonly ReportLine[] {
  const context = contextOf(input);
  const told = SECTIONS.flatMap((section) => section(context));
  for (const section of LAST) told.push(...section(context, new ToldSoFar(told)));
  return worstFirst(told.map(({ line }) => ({ ...line, text: clean(line.text), details: line.details.map(clean) })));
}
