import { setTimeout as delay } from "node:timers/promises";
import { EXIT, type ExitCode } from "../../errors.js";
import { delayAfter, isFailure, outcomeOf, recorded, type WatchRecord } from "../../reconcile/index.js";
import type { Console } from "../console.js";
import { type ChildEnd, type ChildPass, startPass } from "./child-pass.js";
import { startEndpoints } from "./endpoints.js";
import { createMetrics } from "./metrics.js";
import { passText } from "./pass-text.js";

export interface WatchInput {
  readonly stackPath: string;
  readonly stackName: string;
  readonly console: Console;
  readonly out: string | undefined;
  readonly sarif?: string | undefined;
  readonly intervalMs: number;
  readonly host: string;
  readonly port: number;
}

/**
 * A pass every interval, longer apart while they fail, until a signal. The pass in flight is waited for; a second signal has it finish its
 * calls and end. With `--json` standard output is one document a line.
 */
export async function watch({ intervalMs, host, port, console, ...input }: WatchInput): Promise<ExitCode> {
  const metrics = createMetrics(input.stackName);
  let record: WatchRecord = { startedAt: Date.now(), failuresInARow: 0, heldInARow: 0 };
  let running: ChildPass | undefined;
  const endpoints = await startEndpoints({ host, port, intervalMs, metrics, record: () => record });
  console.progress(`Health and metrics: ${endpoints.url}/healthz ${endpoints.url}/metrics`);
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) running?.interrupt();
    else console.progress("Ending after the pass in flight. Once more to end it early.");
    stop.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  try {
    while (!stop.signal.aborted) {
      const began = Date.now();
      running = startPass(input);
      const end = await running.ended;
      running = undefined;
      const outcome = outcomeOf(end.exitCode, end.document?.inSync === true);
      const endedAt = Date.now();
      const pass = { endedAt, outcome, exitCode: end.exitCode, durationSeconds: (endedAt - began) / 1000 };
      record = recorded(record, pass);
      metrics.record(pass, end.document);
      tell(console, input.stackName, end);
      const waitMs = Math.max(0, delayAfter(record.failuresInARow, intervalMs, Math.random()) - (endedAt - began));
      if (isFailure(outcome)) console.progress(`The pass failed; the next one begins in ${Math.round(waitMs / 1000)} s.`);
      await delay(waitMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    await endpoints.close();
  }
  return EXIT.fine;
}

function tell(console: Console, stackName: string, { exitCode, document }: ChildEnd): void {
  if (document === undefined)
    console.progress(`The pass ended ${exitCode === null ? "by a signal" : `with ${exitCode}`}, without a result.`);
  else console.result(console.asJson ? JSON.stringify(document) : passText(stackName, document));
}
