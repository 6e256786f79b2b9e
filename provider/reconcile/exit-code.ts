import { EXIT, type ExitCode } from "../errors.js";

/** What a pass came to. */
export interface PassResult {
  /** Exit code of the engine's runs. */
  readonly engine: ExitCode;
  readonly isStopped: boolean;
  /** Steps wait for a person. */
  readonly waits: boolean;
  /** Drift, undeclared objects or keys out of order are left. */
  readonly isLeft: boolean;
}

/** The exit code of a pass: what went wrong before what was stopped, and what waits before what is left. */
export function exitCodeOf({ engine, isStopped, waits, isLeft }: PassResult): ExitCode {
  if (engine !== EXIT.fine) return engine;
  if (isStopped) return EXIT.stopped;
  if (waits) return EXIT.waiting;
  return isLeft ? EXIT.changed : EXIT.fine;
}
