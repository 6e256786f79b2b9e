import { EXIT, type ExitCode, exitCodeOfMessage, GatehouseError } from "../errors.js";
import {
  type Finding,
  findings,
  isInternal,
  isReleased,
  logicalName,
  type ObjectChange,
  plannedChanges,
  type Step,
  type StepState,
} from "../plan/changes.js";
import { kindOfToken } from "../provider-string.js";
import type { PolicyEvent } from "../report/violations.js";
import { today } from "../today.js";
import type { Console } from "./console.js";
import type { EngineEvent, OutputOptions } from "./engine-types.js";
import { EngineRunFailed } from "./interruptible-command.js";
import { withoutKnownSecrets } from "./without-known-secrets.js";

/** A run of the engine as its events told it. */
export interface RunOutcome {
  readonly changes: readonly ObjectChange[];
  readonly refreshed: readonly Step[];
  /** Every step of the plan or run, those without a change too. */
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
  /** What failed, one text each, without repetition. */
  readonly failures: readonly Failure[];
  readonly warnings: readonly string[];
  /** What the policy packs in the engine found. */
  readonly policyEvents: readonly PolicyEvent[];
  readonly exitCode: ExitCode;
  readonly durationSeconds: number;
}

export interface Failure {
  /** Logical name of the object, where there is one. */
  readonly name?: string;
  readonly message: string;
}

/**
 * Runs one command of the engine and derives everything from its events: its own exit code tells a failed resource from nothing.
 * Throws GatehouseError for failures of the engine itself.
 */
export async function runEngine(
  console: Console,
  tense: "planned" | "done",
  command: (options: OutputOptions) => Promise<unknown>,
): Promise<RunOutcome> {
  const events: EngineEvent[] = [];
  const started = Date.now();
  const tell = progressTeller(console, tense);
  let failed: unknown;
  try {
    await command({
      onEvent: (raw) => {
        const event = withoutNulls(raw as EngineEvent);
        events.push(event);
        tell(event);
      },
      color: "never",
    });
  } catch (error) {
    if (error instanceof GatehouseError && !(error instanceof EngineRunFailed)) throw error;
    failed = error;
  }
  return { ...summarise(events, failed), durationSeconds: (Date.now() - started) / 1000 };
}

/** The engine writes null for a state that a step has not; everything after this reads it as absent. */
function withoutNulls(event: EngineEvent): EngineEvent {
  const cleaned = Object.entries(event).map(([name, value]) => {
    const metadata = (value as { metadata?: Step } | undefined)?.metadata;
    return [
      name,
      metadata ? { ...value, metadata: { ...metadata, old: metadata.old ?? undefined, new: metadata.new ?? undefined } } : value,
    ];
  });
  return Object.fromEntries(cleaned) as EngineEvent;
}

/** One line for each object that a run has changed. A plan says all at its end and needs none. */
function progressTeller(console: Console, tense: "planned" | "done"): (event: EngineEvent) => void {
  const { isRefreshOutput } = refreshTracker();
  return (event) => {
    const isRefresh = isRefreshOutput(event);
    const step = event.resOutputsEvent?.metadata;
    if (tense === "planned" || isRefresh || !step || kindOfToken(step.type) === undefined || isInternal(step.type)) return;
    const did = didOf(step);
    if (did !== undefined) console.progress(`  ${did} ${kindOfToken(step.type)} ${logicalName(step.urn)}`);
  };
}

/**
 * Tells the outcome of a refresh from that of a step: the engine gives a changed object's refresh the operation of the change. The
 * first outcome after an announced refresh is the refresh's.
 */
function refreshTracker(): { isRefreshOutput(event: EngineEvent): boolean } {
  const announced = new Set<string>();
  return {
    isRefreshOutput(event) {
      const before = event.resourcePreEvent?.metadata;
      if (before?.op === "refresh") announced.add(before.urn);
      const after = event.resOutputsEvent?.metadata;
      return after !== undefined && announced.delete(after.urn);
    },
  };
}

/** What a finished step did. What was there before us is never said to be created or deleted. */
function didOf(step: Step): string | undefined {
  if (step.op === "create" && step.new?.outputs?.adopted === true) return "adopted";
  if (step.op === "delete" && isReleased(step, today())) return "released";
  return DONE[step.op];
}

const DONE: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  delete: "deleted",
  "create-replacement": "created anew",
  "delete-replaced": "deleted the former",
};

function summarise(events: readonly EngineEvent[], failed: unknown): Omit<RunOutcome, "durationSeconds"> {
  const planned = events.flatMap((e) => (e.resourcePreEvent ? [e.resourcePreEvent.metadata] : [])).filter((s) => s.op !== "refresh");
  const { isRefreshOutput } = refreshTracker();
  const [refreshed, done]: [Step[], Step[]] = [[], []];
  for (const event of events) {
    const list = isRefreshOutput(event) ? refreshed : done;
    if (event.resOutputsEvent) list.push(event.resOutputsEvent.metadata);
  }
  const ended = new Set(done.map(({ urn }) => urn));
  const failures = failuresOf(events);
  const stopped = events.some((e) => e.policyEvent?.enforcementLevel === "mandatory");
  if (failed !== undefined && failures.length === 0 && !stopped) failures.push({ message: lastWords(failed) });
  const codes = failures.map((failure) => exitCodeOfMessage(failure.message));
  return {
    // A step that failed has no outcome.
    changes: plannedChanges(
      planned.filter(({ urn }) => ended.has(urn)),
      refreshed,
      today(),
    ),
    refreshed,
    steps: planned,
    findings: findings(newestOutputs([...refreshed, ...planned, ...done])),
    failures: failures.map((failure) => ({ ...failure, message: withoutKnownSecrets(failure.message) })),
    policyEvents: policyEventsOf(events),
    warnings: unique(
      events.flatMap((e) => (e.diagnosticEvent?.severity === "warning" ? [withoutKnownSecrets(clean(e.diagnosticEvent.message))] : [])),
    ),
    exitCode: stopped ? EXIT.stopped : failed === undefined && failures.length === 0 ? EXIT.fine : worst(codes),
  };
}

function policyEventsOf(events: readonly EngineEvent[]): readonly PolicyEvent[] {
  return events.flatMap(({ policyEvent }) => (policyEvent === undefined ? [] : [{ ...policyEvent, message: clean(policyEvent.message) }]));
}

/** A wrong input explains failures that follow from it, so it decides. A run waits for a person when nothing else is wrong with it. */
function worst(codes: readonly ExitCode[]): ExitCode {
  const decisive = codes.find((code) => code === EXIT.held) ?? codes.find((code) => code === EXIT.invalid);
  if (decisive !== undefined) return decisive;
  return codes.length > 0 && codes.every((code) => code === EXIT.waiting) ? EXIT.waiting : EXIT.failed;
}

function failuresOf(events: readonly EngineEvent[]): Failure[] {
  const told = events.flatMap((e): Failure[] => {
    const { urn, message, severity } = e.diagnosticEvent ?? {};
    if (severity !== "error" || message === undefined || isEcho(message)) return [];
    return [
      { ...(urn && !urn.endsWith("-identity") && kindOfToken(typeOf(urn)) ? { name: logicalName(urn) } : {}), message: clean(message) },
    ];
  });
  const distinct = told.filter(
    (failure, index) => told.findIndex((other) => other.name === failure.name && other.message === failure.message) === index,
  );
  const causes = distinct.filter((failure) => !NOT_REACHED.test(failure.message));
  return causes.length > 0 ? causes : distinct;
}

/** What the engine says of each planned object that it did not come to, or gave up judging, because another one failed before. */
const NOT_REACHED = /^expected resource operations for \S+ but none were seen|: context canceled$/;

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** Lines by which the engine says again that something failed. */
function isEcho(message: string): boolean {
  return /^(<\{%reset%\}>)?(update failed|preview failed|resource operation failed|refresh failed|destroy failed)/.test(clean(message));
}

function clean(message: string): string {
  return message
    .replaceAll(/<\{%[^%]*%\}>/g, "")
    .replace(/^(creating|updating|deleting|refreshing) urn:\S+: /, "")
    .replace(/^1 error occurred:\s*\* /, "")
    .replaceAll(/\s*\n\s*at .*$/gms, "")
    .trim();
}

function lastWords(error: unknown): string {
  if (error instanceof EngineRunFailed)
    return clean(error.stderr || error.stdout)
      .split("\n")
      .slice(-12)
      .join("\n");
  return error instanceof Error ? error.message : String(error);
}

function newestOutputs(steps: readonly Step[]): ReadonlyMap<string, { type: string; outputs: Readonly<Record<string, unknown>> }> {
  const newest = new Map<string, { type: string; outputs: Readonly<Record<string, unknown>> }>();
  for (const step of steps) {
    const outputs = (step.new ?? ((step.op === "same" ? step.old : undefined) as StepState | undefined))?.outputs;
    // A planned step tells only what is declared: until it is made, what the control plane said of the object stays true.
    if (outputs) newest.set(step.urn, { type: step.type, outputs: { ...newest.get(step.urn)?.outputs, ...outputs } });
    else if (step.op === "delete") newest.delete(step.urn);
  }
  return newest;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
