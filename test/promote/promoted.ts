import { join } from "node:path";
import { governanceProblemsIn } from "../../provider/cli/governance-problems.js";
import { lacksIn, supportProblemsIn } from "../../provider/cli/support-problems.js";
import { type Promotion, promote } from "../../provider/promote/promote.js";
import { type PromotionReport, reportOf } from "../../provider/promote/report.js";
import type { PromotionTarget } from "../../provider/promote/target.js";
import type { KnownObject } from "../../provider/promote/way.js";
import { readSources, type Sources } from "../../provider/stackfile/files.js";
import { loadSources, type Problem, type Stack, StackProblems } from "../../provider/stackfile/index.js";
import type { System } from "../../schema/systems/index.js";

const EXAMPLES = join(import.meta.dirname, "..", "..", "examples");
const TODAY = "2026-08-25";

export interface Promoted {
  readonly promotion: Promotion;
  readonly report: PromotionReport;
  /** What a fresh look at the new files finds. */
  readonly problems: readonly Problem[];
  /** The main file. */
  readonly text: string;
}

/** What a promotion tells of one object of the source: field, result, and what it says there instead. */
export function toldOf(
  { report }: Promoted,
  path: string,
): readonly { field?: string; result: string; to?: unknown; why: string; weight?: string }[] {
  return report.outcomes.filter(({ object }) => object === path);
}

/** The inputs of an object of the new stack. */
export function inputsAt({ promotion }: Promoted, path: string): Readonly<Record<string, unknown>> | undefined {
  return promotion.stack.declarations.find(({ name }) => name === path)?.inputs;
}

/** An example for another system. */
export function promoted(example: string, system: System): Promoted {
  return promotedFrom(readSources(join(EXAMPLES, example)), system);
}

/** A stack file with this text for another system. */
export function promotedText(text: string, system: System, known: readonly KnownObject[] = []): Promoted {
  return promotedFrom({ directory: "/stack", sources: [{ shown: "gatehouse.yaml", team: false, text }], problems: [] }, system, known);
}

function promotedFrom(sources: Sources, system: System, known: readonly KnownObject[] = []): Promoted {
  const stack = loadSources(sources);
  const target: PromotionTarget = {
    system,
    transport: "rehearsal",
    url: "http://127.0.0.1:8801",
    credentials: { token: { env: "GATEHOUSE_TARGET_TOKEN" } },
  };
  const promotion = promote({ sources, stack, target, name: `${stack.name}-there`, known, today: TODAY, problemsOf: lacking });
  const report = reportOf(promotion, { source: stack, target, ids: { source: new Map(), target: new Map() }, today: TODAY });
  const main = promotion.files.find(({ team }) => !team);
  return { promotion, report, problems: problemsOf(promotion), text: main?.text ?? "" };
}

function lacking(stack: Stack): readonly Problem[] {
  return [...lacksIn(stack), ...governanceProblemsIn(stack)];
}

function problemsOf({ files }: Promotion): readonly Problem[] {
  try {
    loadSources({ directory: "/stack", sources: files.map(({ name, ...file }) => ({ ...file, shown: name })), problems: [] }, (stack) => [
      ...supportProblemsIn(stack),
      ...governanceProblemsIn(stack),
    ]);
    return [];
  } catch (error) {
    if (error instanceof StackProblems) return error.problems;
    throw error;
  }
}
